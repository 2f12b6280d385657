#include <doctest/doctest.h>
#include <fmt/format.h>

#include "formats/counted_of.hpp"
#include "harness/made_capture.hpp"

using namespace usagectl;

namespace {

/// What Claude Code returned of a session in which a helper model and subagents took part.
std::string result(std::string_view models = "modelUsage", std::string_view session = "s1") {
  return fmt::format(
      R"({{"type":"result","session_id":"{}","total_cost_usd":0.1,)"
      R"("usage":{{"input_tokens":100,"cache_read_input_tokens":0,"output_tokens":20}},)"
      R"("{}":{{"claude-sonnet-4-5":{{"inputTokens":150,"outputTokens":31,)"
      R"("cacheReadInputTokens":0,"cacheCreationInputTokens":0,"costUSD":0.09}},)"
      R"("claude-haiku-4-5":{{"inputTokens":10,"outputTokens":1,"cacheReadInputTokens":0,)"
      R"("cacheCreationInputTokens":0,"costUSD":0.01}}}}}})",
      session, models);
}

void check_one_session(const std::string& text) {
  CAPTURE(text);
  const FormatReading reading = read_as_file(text, "kept.json");
  CHECK(sum(reading, Counter::input) == 160);
  CHECK(sum(reading, Counter::output) == 32);
  CHECK(reading.findings.empty());
}

}  // namespace

TEST_CASE("the result of a session counts by model, under whatever name somebody keeps it") {
  for (const std::string_view name : {"result", "output", "response", "claude", "raw", "agent"}) {
    check_one_session(fmt::format(R"({{"task":1,"{}":{}}})", name, result()));
    check_one_session(fmt::format(R"({{"runs":[{{"task":1,"{}":{}}}]}})", name, result()));
    check_one_session(fmt::format(R"([{{"task":1,"{}":{}}}])", name, result()));
  }
}

TEST_CASE("the results of sessions count by model on lines too") {
  for (const std::string_view name : {"result", "claude"}) {
    CAPTURE(name);
    const MadeCapture lines(
        {{"kept.jsonl", fmt::format("{{\"task\":1,\"{0}\":{1}}}\n{{\"task\":2,\"{0}\":{2}}}\n",
                                    name, result(), result("modelUsage", "s2"))}});
    CHECK(lines.sum(Counter::input) == 320);
    CHECK(lines.sum(Counter::output) == 64);
  }
}

TEST_CASE("a later result of the same session may hold the one before it, which is said") {
  const auto line = [](std::string_view session) {
    return fmt::format("{{\"task\":1,\"result\":{}}}\n", result("modelUsage", session));
  };
  const auto is_said = [](const std::string& lines) {
    return !with_cause(read_as_file(lines, "kept.jsonl"), "running-total").empty();
  };
  CHECK(is_said(line("s1") + line("s1")));
  CHECK_FALSE(is_said(line("s1") + line("s2")));
}

TEST_CASE("usage by model that is less than the main loop is not that of the session") {
  const FormatReading reading = read_as_file(
      R"({"result":{"session_id":"s","total_cost_usd":0.1,"usage":{"input_tokens":100,)"
      R"("output_tokens":20},"modelUsage":{"haiku":{"inputTokens":10,"outputTokens":1}}}})",
      "kept.json");
  CHECK(sum(reading, Counter::input) == 100);
}

TEST_CASE("a result without usage by model beside others that have it loses nothing unsaid") {
  const MadeCapture mixed(
      {{"a.json",
        fmt::format(
            R"({{"runs":[{{"claude":{}}},{{"claude":{{"session_id":"s2","total_cost_usd":1,)"
            R"("usage":{{"input_tokens":500,"output_tokens":50}},"modelUsage":{{}}}}}}]}})",
            result())}});
  CHECK(mixed.sum(Counter::input) >= 660);
  const auto findings = mixed.report().findings;
  CHECK(std::any_of(findings.begin(), findings.end(),
                    [](const Finding& finding) { return finding.cause == "unrelated-usage"; }));
}

TEST_CASE("usage by model in the words of Claude Code is known by them where its name is another") {
  check_one_session(fmt::format(R"({{"task":1,"claude":{}}})", result("model_usage")));
}

TEST_CASE("usage by model in other words is what its numbers say") {
  const FormatReading reading = read_as_file(
      R"({"run":{"usage":{"input_tokens":100,"output_tokens":20},"model_usage":{)"
      R"("a":{"input_tokens":60,"output_tokens":12},"b":{"input_tokens":40,"output_tokens":8}}}})",
      "kept.json");
  CHECK(sum(reading, Counter::input) == 100);
  CHECK(sum(reading, Counter::output) == 20);
}

TEST_CASE("a session that failed before its first answer has no usage by model") {
  const FormatReading reading = read_as_file(
      fmt::format(R"({{"runs":[{{"claude":{}}},{{"claude":{{"type":"result","session_id":"s2",)"
                  R"("total_cost_usd":0,"usage":{{"input_tokens":0,"output_tokens":0}},)"
                  R"("modelUsage":{{}}}}}}]}})",
                  result()),
      "kept.json");
  CHECK(sum(reading, Counter::input) == 160);
}
