#include <doctest/doctest.h>

#include "harness/made_capture.hpp"

namespace usagectl {
namespace {

// --- the sidecar

std::string response(int number, bool succeeded, int prompt, int completion) {
  return "{\"id\": \"req-" + std::to_string(number) + "-17695260" + std::to_string(10000 + number) +
         "\", \"success\": " + (succeeded ? "true" : "false") +
         ", \"data\": {\"token_usage\": {\"prompt_tokens\": " + std::to_string(prompt) +
         ", \"completion_tokens\": " + std::to_string(completion) +
         ", \"total_tokens\": " + std::to_string(prompt + completion) + ", \"model\": \"m\"}}}\n";
}
const std::string kFirst = response(1, true, 900, 50);
const std::string kSecond = response(2, true, 700, 40);
const std::string kThird = response(3, true, 80, 7);

TEST_CASE("a request whose id holds its moment counts once in two windows of a log") {
  const MadeCapture capture({{"a.log", kFirst + kSecond}, {"b.log", kSecond + kThird}});
  CHECK(capture.sum() == 950 + 740 + 87);
  const ReconcileReport report = capture.report();
  CHECK(report.verdict == Verdict::pass);
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].severity == Severity::note);
}

TEST_CASE("a request that failed repeats the last usage of the log before it") {
  const MadeCapture capture(
      {{"s-1.log", kFirst + kSecond}, {"s-2.log", response(9, false, 700, 40) + kThird}});
  CHECK(capture.sum() == 950 + 740 + 87);
}

TEST_CASE("a request that failed after its call counts where no log ends with that usage") {
  const MadeCapture capture(
      {{"s-1.log", kFirst + kSecond}, {"s-2.log", response(9, false, 701, 40) + kThird}});
  CHECK(capture.sum() == 950 + 740 + 741 + 87);
}

// --- llmplus

std::string usage_of(int requests, int from = 0, bool has_details = true) {
  int input = 0;
  int output = 0;
  std::string details;
  for (int i = 0; i < requests; ++i) {
    const int in = 100 + 37 * i + from;
    const int out = 10 + 11 * i + from;
    input += in;
    output += out;
    details += (i == 0 ? "" : ",") + ("{\"request_num\": " + std::to_string(i + 1)) +
               ", \"input_tokens\": " + std::to_string(in) +
               ", \"output_tokens\": " + std::to_string(out) +
               ", \"reasoning_tokens\": 0, \"total_tokens\": " + std::to_string(in + out) +
               ", \"num_completions\": 1}";
  }
  return "{\"m\": {\"input_tokens\": " + std::to_string(input) +
         ", \"output_tokens\": " + std::to_string(output) +
         ", \"reasoning_tokens\": 0, \"requests\": " + std::to_string(requests) +
         ", \"completions\": " + std::to_string(requests) +
         (has_details ? ", \"per_request_details\": [" + details + "]" : std::string()) + "}}";
}
std::string job(const std::string& after) { return "{\"before\": {}, \"after\": " + after + "}"; }
std::string session(const std::string& stats) {
  return "{\"session_start\": \"2025-11-18\", \"session_end\": null, \"stats\": " + stats + "}";
}

Count total_of(int requests) { return MadeCapture({{"t.json", usage_of(requests)}}).sum(); }

TEST_CASE("an older copy of a job adds nothing") {
  const MadeCapture capture(
      {{"run/token_usage.json", job(usage_of(6))}, {"run.bak/token_usage.json", job(usage_of(4))}});
  CHECK(capture.sum() == total_of(6));
  CHECK(capture.sum(Counter::requests) == 6);
  CHECK(capture.report().verdict == Verdict::pass);
}

TEST_CASE("a session beside its job is told twice and counted once") {
  for (const bool has_details : {true, false}) {
    const MadeCapture capture({{"run/token_usage.json", job(usage_of(6, 0, has_details))},
                               {"run/session_usage.json", session(usage_of(6, 0, has_details))}});
    CHECK(capture.sum() == total_of(6));
  }
}

TEST_CASE("flat totals of a session that goes on hold the ones before") {
  const MadeCapture capture(
      {{"annotate/token_usage.json", usage_of(4)}, {"cheatsheet/token_usage.json", usage_of(6)}});
  CHECK(capture.sum() == total_of(6));
}

TEST_CASE("two jobs whose requests differ add up") {
  const MadeCapture capture(
      {{"a/token_usage.json", job(usage_of(6))}, {"b/token_usage.json", job(usage_of(6, 1))}});
  CHECK(capture.sum(Counter::requests) == 12);
}

TEST_CASE("so few requests that they may be alike by chance count once, and a warning says so") {
  const MadeCapture capture(
      {{"a/token_usage.json", job(usage_of(6))}, {"b/token_usage.json", job(usage_of(1))}});
  CHECK(capture.sum(Counter::requests) == 6);
  CHECK(capture.summary().intake.warnings.size() == 1);
  CHECK(capture.report().findings.front().cause == "replayed-prefix");
}

TEST_CASE("files with the same bytes may be two runs") {
  const MadeCapture capture(
      {{"a/token_usage.json", job(usage_of(6))}, {"b/token_usage.json", job(usage_of(6))}});
  CHECK(capture.sum(Counter::requests) == 12);
  CHECK(capture.summary().intake.warnings.size() == 1);
}

TEST_CASE("of passes with the same bytes the later one holds the earlier, and nobody says both") {
  const MadeCapture capture(
      {{"pass_1/token_usage.json", usage_of(6)}, {"pass_2/token_usage.json", usage_of(6)}});
  CHECK(capture.sum(Counter::requests) == 6);
  REQUIRE(capture.summary().intake.warnings.size() == 1);
  CHECK(capture.summary().intake.warnings[0].ends_with("counted once"));
}

// --- tinyAgent

std::string capture_of(std::initializer_list<int> inputs, long long first = 1770918154898) {
  std::string events = "{\"type\": \"agent_start\"}";
  long long time = first;
  for (const int input : inputs) {
    events +=
        ", {\"type\": \"message_end\", \"message\": {\"role\": \"assistant\", "
        "\"stop_reason\": \"stop\", \"model\": \"m\", \"timestamp\": " +
        std::to_string(time += 1000) + ", \"usage\": {\"input\": " + std::to_string(input) +
        ", \"output\": 7, \"cache_read\": 0, \"cache_write\": 0, \"total_tokens\": " +
        std::to_string(input + 7) + "}}}";
  }
  return "{\"run\": {\"model\": {\"id\": \"m\"}}, \"events\": [" + events + "]}";
}

TEST_CASE("calls of the same moment and numbers in two captures are one run") {
  const MadeCapture capture(
      {{"run.json", capture_of({900, 700, 80})}, {"run_partial.json", capture_of({900, 700})}});
  CHECK(capture.sum() == 907 + 707 + 87);
}

TEST_CASE("the same numbers at other moments are another run") {
  const MadeCapture capture(
      {{"a.json", capture_of({900})}, {"b.json", capture_of({900}, 1770918199999)}});
  CHECK(capture.sum() == 2 * 907);
}

// --- ids that begin anew

std::string call(const std::string& time, int id) {
  return "{\"ts\": \"" + time + "\", \"request_id\": \"req-" + std::to_string(id) +
         "\", \"usage\": {\"prompt_tokens\": 100, \"completion_tokens\": 1" + std::to_string(id) +
         ", \"total_tokens\": 11" + std::to_string(id) + "}}\n";
}

TEST_CASE("short ids that begin anew in another month are other calls") {
  const auto run = [](const std::string& day) {
    return call(day + "T10:00:00Z", 0) + call(day + "T10:01:00Z", 1) + call(day + "T10:02:00Z", 2);
  };
  const MadeCapture capture({{"a.jsonl", run("2026-01-01")}, {"b.jsonl", run("2026-02-01")}});
  CHECK(capture.sum(Counter::requests) == 6);
}

}  // namespace
}  // namespace usagectl
