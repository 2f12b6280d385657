// Logs, tables and reports in which something that counts tokens is no call of its own.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "harness/made_capture.hpp"

namespace usagectl {
namespace {

using Files = std::map<std::string, std::string>;

/// "input/output", and whether reconcile warns.
std::string sums_of(const std::string& name, const std::string& text) {
  const MadeCapture capture(Files{{name, text}});
  const auto findings = capture.report().findings;
  const bool is_warned = std::any_of(findings.begin(), findings.end(), [](const Finding& one) {
    return one.severity != Severity::note;
  });
  return std::to_string(capture.sum(Counter::input)) + "/" +
         std::to_string(capture.sum(Counter::output)) + (is_warned ? ", warned" : "");
}

std::string usage(Count input, Count output) {
  return "{\"prompt_tokens\": " + std::to_string(input) +
         ", \"completion_tokens\": " + std::to_string(output) + "}";
}

const std::string kCalls = "10:00 INFO usage " + usage(12, 3) + "\n10:01 INFO usage " +
                           usage(101, 22) + "\n10:02 INFO usage " + usage(57, 41) + "\n";
const std::string kWords =
    "10:00 prompt_tokens=12 completion_tokens=3\n10:01 prompt_tokens=101 completion_tokens=22\n"
    "10:02 prompt_tokens=57 completion_tokens=41\n";

}  // namespace

// --- JSON behind a label

TEST_CASE("a total behind its label is the sum of the calls before it") {
  CHECK(sums_of("a.log", kCalls + "10:03 INFO TOTAL " + usage(170, 66) + "\n") == "170/66");
  CHECK(sums_of("a.log", kCalls + "10:03 INFO session total: " + usage(170, 66) + "\n") ==
        "170/66");
}

TEST_CASE("a total that differs from the calls before it is no call, and is reported") {
  CHECK(sums_of("a.log", kCalls + "10:03 INFO TOTAL " + usage(180, 66) + "\n") == "170/66, warned");
}

TEST_CASE("totals alone are what is known of their runs") {
  CHECK(sums_of("a.log", "10:00 run total: " + usage(12, 3) + "\n10:01 run total: " + usage(40, 7) +
                             "\n") == "52/10");
}

TEST_CASE("totals so far beside calls are none, and alone count by their growth") {
  const std::string first = "10:00 INFO usage so far " + usage(12, 3) + "\n";
  const std::string second = "10:01 INFO usage so far " + usage(113, 25) + "\n";
  CHECK(sums_of("a.log", "10:00 INFO usage " + usage(12, 3) + "\n" + first + "10:01 INFO usage " +
                             usage(101, 22) + "\n" + second) == "113/25");
  CHECK(sums_of("a.log", first + second) == "113/25");
}

TEST_CASE("estimates, limits and averages behind their label are named, and not counted") {
  for (const std::string label : {"estimated", "limit:", "Token budget =", "average usage"}) {
    CAPTURE(label);
    CHECK(sums_of("a.log", kCalls + "10:03 DEBUG " + label + " " + usage(900, 30) + "\n") ==
          "170/66, warned");
  }
}

TEST_CASE("of two objects on a line, each has its own label") {
  CHECK(sums_of("a.log", "10:00 expected " + usage(20, 20) + " got " + usage(12, 3) + "\n") ==
        "12/3, warned");
}

TEST_CASE("a heading is the label of the object on the next line") {
  CHECK(sums_of("a.log", "Usage:\n" + usage(12, 3) + "\nUsage:\n" + usage(40, 7) +
                             "\nTotal usage:\n" + usage(60, 10) + "\n") == "52/10, warned");
}

// --- closing lines

TEST_CASE("a closing line in other words is the sum of the calls, or is reported") {
  CHECK(sums_of("a.log", kWords + "Total: 170 prompt tokens, 66 completion tokens\n") == "170/66");
  CHECK(sums_of("a.log", kWords + "Total: 190 prompt tokens, 66 completion tokens\n") ==
        "170/66, warned");
  CHECK(sums_of("a.log", kWords + "== 3 requests, 170 in / 66 out ==\n") == "170/66");
  CHECK(sums_of("a.log", kWords + "== 3 requests, 171 in / 66 out ==\n") == "170/66, warned");
}

TEST_CASE("lines that each tell several calls, and nothing else, count") {
  CHECK(
      sums_of("a.log", "worker a: 3 calls, 100 in / 20 out\nworker b: 2 calls, 90 in / 11 out\n") ==
      "190/31");
}

TEST_CASE("a heading says that the lines below it are a total") {
  CHECK(sums_of("a.log", kWords + "--- totals ---\nPrompt tokens: 180\nCompletion tokens: 66\n") ==
        "170/66, warned");
}

TEST_CASE("a last line in words of its own may be a call or a sum") {
  CHECK(sums_of("a.log", kWords + "Tokens used: 180 input tokens, 70 output tokens\n") ==
        "350/136, warned");
  CHECK(sums_of("a.log", kWords + "rerank: 33 prompt tokens, 1 completion tokens\n") == "203/67");
}

// --- two writers

TEST_CASE("what a gateway logs of a call beside its client is that call") {
  std::string words;
  std::string objects;
  for (const auto& [input, output] : {std::pair(12, 30), {101, 22}, {57, 41}}) {
    const std::string in = std::to_string(input);
    const std::string out = std::to_string(output);
    words += "10:00 client: prompt_tokens=" + in + " completion_tokens=" + out + "\n";
    words += "10:00 gateway: " + in + " input tokens, " + out + " output tokens\n";
    objects += "10:00 client usage=" + usage(input, output) + "\n";
    objects += "10:00 gateway: {\"input_tokens\": " + in + ", \"output_tokens\": " + out + "}\n";
  }
  CHECK(sums_of("a.log", words) == "170/93");
  CHECK(sums_of("a.log", objects) == "170/93");
}

TEST_CASE("calls of JSON lines that stand in pairs are doubted") {
  std::string lines;
  for (const auto& [input, output] : {std::pair(12, 30), {101, 22}, {57, 41}}) {
    for (const std::string source : {"client", "gateway"})
      lines += "{\"source\": \"" + source + "\", \"usage\": " + usage(input, output) + "}\n";
  }
  CHECK(sums_of("a.jsonl", lines) == "340/186, warned");
}

// --- breakdowns

TEST_CASE("two tables with the same sums break one usage down") {
  const std::string head = " | Input tokens | Output tokens |\n|---|---|---|\n";
  const std::string models =
      "## By model\n\n| Model" + head + "| gpt-4o | 500 | 40 |\n| o3 | 500 | 35 |\n\n";
  const std::string days = "## By day\n\n| Day" + head + "| 2026-03-01 | 300 | 30 |\n";
  CHECK(sums_of("a.md", models + days + "| 2026-03-02 | 700 | 45 |\n") == "1000/75");
  CHECK(sums_of("a.md", models + days) == "1300/105, warned");
  const std::string other =
      "## Run 2\n\n| Model" + head + "| gpt-4o | 600 | 41 |\n| o3 | 501 | 35 |\n";
  CHECK(sums_of("a.md", models + other) == "2101/151");
}

TEST_CASE("two sections of a text report with the same sums break one usage down") {
  CHECK(sums_of("usage.txt",
                "By model\ngpt: 500 input tokens, 40 output tokens\no3: 500 input tokens, 35 "
                "output tokens\n\nBy user\nann: 900 input tokens, 70 output tokens\nbob: 100 input "
                "tokens, 5 output tokens\n") == "1000/75");
}

// --- messages of loggers

TEST_CASE("messages of JSON loggers count what lines of a text log count") {
  const auto logged = [](const std::string& message) {
    return "{\"level\": \"info\", \"msg\": \"" + message + "\"}\n";
  };
  const std::string calls = logged("done prompt_tokens=12 completion_tokens=3") +
                            logged("done prompt_tokens=40 completion_tokens=7");
  CHECK(sums_of("a.jsonl", calls) == "52/10");
  CHECK(sums_of("a.jsonl", calls + logged("run total prompt_tokens=52 completion_tokens=10")) ==
        "52/10");
  CHECK(sums_of("a.jsonl", calls + logged("estimated prompt_tokens=9 completion_tokens=9")) ==
        "52/10, warned");
}

TEST_CASE("what a chat says of tokens is no call") {
  CHECK(sums_of("a.jsonl",
                "{\"role\": \"user\", \"message\": \"prompt_tokens=5 completion_tokens=7?\", "
                "\"usage\": " +
                    usage(12, 3) + "}\n") == "12/3");
}

// --- participants

TEST_CASE("usage of two participants of a line is that of two calls") {
  CHECK(sums_of("a.jsonl", "{\"attacker_usage\": " + usage(12, 3) + ", \"target_usage\": " +
                               usage(40, 7) + "}\n{\"attacker_usage\": " + usage(5, 1) +
                               ", \"target_usage\": " + usage(6, 2) + "}\n") == "63/13");
  CHECK(sums_of("a.jsonl",
                "{\"planner_usage\": " + usage(12, 3) + ", \"executor_usage\": " + usage(40, 7) +
                    ", \"total_usage\": " + usage(52, 10) + "}\n{\"i\": 2}\n") == "52/10");
}

// --- cells

TEST_CASE("cells in the notation of Python and rounded cells are read") {
  CHECK(
      sums_of("a.csv",
              "id,usage\n1,\"{'prompt_tokens': 12, 'completion_tokens': 3}\"\n2,\"CompletionUsage("
              "completion_tokens=7, prompt_tokens=40, total_tokens=47)\"\n") == "52/10");
  CHECK(sums_of("a.csv", "model,input_tokens,output_tokens\na,1.2k,300\nb,2.5k,410\n") ==
        "3700/710, warned");
  CHECK(sums_of("a.csv",
                "id,usage\n1,\"{'prompt_tokens': 12, 'completion_tokens': 3}\"\n2,\"{'prompt_tok"
                "ens': 40, 'comp...\"\n") == "12/3, warned");
}

}  // namespace usagectl
