// Calls whose numbers happen to be what sums, totals so far or pieces of a stream would be.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

#include "harness/made_capture.hpp"

namespace usagectl {
namespace {

/// The calls of a conversation, each with more input than the one before.
std::string conversation(int calls, const std::string& more) {
  std::string rows;
  for (int i = 0; i < calls; ++i) {
    rows += fmt::format(R"({}{{"time":"2026-03-01T10:{:02}:00Z","input_tokens":{},)"
                        R"("output_tokens":{}{}}})",
                        i == 0 ? "" : ",", i, 100 + 40 * i, 20 + 7 * i, more);
  }
  return rows;
}

bool is_doubted(const MadeCapture& capture) {
  return capture.report().verdict == Verdict::unprovable;
}

std::string row(int id, int input, int output) {
  return fmt::format(R"({{"request_id":"req-{}","usage":{{"prompt_tokens":{},)"
                     R"("completion_tokens":{}}}}})",
                     id, input, output);
}

}  // namespace

TEST_CASE("calls that grow with time are counted in a list as on lines, and it is said") {
  const std::string rows = conversation(12, "");
  constexpr Count kAll = 12 * 100 + 40 * 66;
  for (const std::string& text : {"[" + rows + "]", R"({"turns":[)" + rows + "]}"}) {
    const MadeCapture capture({{"a.json", text}});
    CHECK(capture.sum(Counter::input) == kAll);
    CHECK(is_doubted(capture));
  }
}

TEST_CASE("a list called a history of totals is one, and its last row is the whole") {
  const std::string rows = conversation(4, "");
  const std::string total = R"("usage":{"input_tokens":220,"output_tokens":41})";
  CHECK(MadeCapture({{"a.json", R"({"history":[)" + rows + "]," + total + "}"}})
            .sum(Counter::input) == 220);
}

TEST_CASE("a total that is the last of a few growing steps leaves the others out, and it is said") {
  const MadeCapture capture(
      {{"a.json", R"({"total_usage":{"input_tokens":180,"output_tokens":34},"steps":[)" +
                      conversation(3, "") + "]}"}});
  CHECK(capture.sum(Counter::input) == 100 + 140 + 180);
  CHECK(capture.report().verdict != Verdict::pass);
}

TEST_CASE("a usage beside steps that is as large as all in one count only is doubted") {
  const MadeCapture capture(
      {{"a.json", R"({"usage":{"input_tokens":60,"output_tokens":6},"steps":[)"
                  R"({"usage":{"input_tokens":20,"output_tokens":2}},)"
                  R"({"usage":{"input_tokens":80,"output_tokens":4}}]})"}});
  CHECK(is_doubted(capture));
}

TEST_CASE("a call beside one that failed and one as large as it is no sum of them") {
  const MadeCapture capture(
      {{"a.json", "[" + row(1, 50, 5) + "," + row(2, 0, 0) + "," + row(3, 50, 5) + "]"}});
  CHECK(capture.sum(Counter::input) == 100);
}

TEST_CASE("two round calls and one as large as both are three") {
  const MadeCapture capture(
      {{"a.json", "[" + row(1, 100, 10) + "," + row(2, 200, 20) + "," + row(3, 300, 30) + "]"}});
  CHECK(capture.sum(Counter::input) == 600);
}

TEST_CASE("a row in a list that is the sum of many others is no call") {
  const MadeCapture capture({{"a.json", "[" + row(0, 1213, 64) + "," + row(1, 401, 11) + "," +
                                            row(2, 399, 23) + "," + row(3, 413, 30) + "]"}});
  CHECK(capture.sum(Counter::input) == 1213);
}

TEST_CASE("whole answers of a provider without ids are calls, told apart by their times") {
  std::string lines;
  for (int i = 0; i < 3; ++i) {
    lines += fmt::format(
        R"({{"candidates":[{{"content":{{"parts":[{{"text":"x"}}]}},"finishReason":"STOP"}}],)"
        R"("createTime":"2026-03-01T10:0{}:00Z","usageMetadata":{{"promptTokenCount":100,)"
        R"("candidatesTokenCount":{},"totalTokenCount":{}}}}})"
        "\n",
        i, 20 + i, 120 + i);
  }
  CHECK(MadeCapture({{"a.jsonl", lines}}).sum(Counter::input) == 300);
}

TEST_CASE("usage that a log keeps without the answers is of as many calls as there are prompts") {
  std::string lines;
  std::string table = "model,choices,input_tokens,output_tokens\n";
  for (int i = 0; i < 3; ++i) {
    lines += fmt::format(R"({{"modelVersion":"gemini-9","usageMetadata":{{"promptTokenCount":{},)"
                         R"("candidatesTokenCount":{},"totalTokenCount":{}}}}})"
                         "\n",
                         100 + i, 20 + i, 120 + 2 * i);
    table += fmt::format("gpt-9,[],{},{}\n", 100 + i, 20 + i);
  }
  CHECK(MadeCapture({{"a.jsonl", lines}}).sum(Counter::input) == 303);
  CHECK(MadeCapture({{"a.csv", table}}).sum(Counter::input) == 303);
}

TEST_CASE("what may hold another usage of its row by name and size is doubted") {
  const auto rows = [](const std::string& whole, const std::string& part) {
    std::string lines;
    for (int i = 0; i < 3; ++i) {
      lines += fmt::format(R"({{"run":"r{}","{}":{{"input_tokens":{},"output_tokens":51}},)"
                           R"("{}":{{"input_tokens":{},"output_tokens":163}}}})"
                           "\n",
                           i, part, 500 + i, whole, 1700 + i);
    }
    return lines;
  };
  CHECK(is_doubted(MadeCapture({{"a.jsonl", rows("all_model_tokens", "parent_tokens")}})));
  CHECK(is_doubted(MadeCapture({{"a.jsonl", rows("with_subagents", "root")}})));
  CHECK(is_doubted(MadeCapture({{"a.jsonl", rows("session_usage", "turn_usage")}})));
  const MadeCapture roles({{"a.jsonl", rows("writer", "critic")}});
  CHECK(roles.report().verdict == Verdict::pass);
  CHECK(roles.sum(Counter::input) == 3 * 500 + 3 + 3 * 1700 + 3);
}

TEST_CASE("calls with what is written in place of an id are not one call") {
  for (const std::string id : {"unknown", "N/A", "None", "00000000-0000-0000-0000-000000000000"}) {
    CAPTURE(id);
    std::string lines;
    std::string list;
    for (int i = 0; i < 3; ++i) {
      const std::string call =
          fmt::format(R"({{"time":"2026-03-01T10:0{}:00Z","id":"{}","model":"m",)"
                      R"("usage":{{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}}})",
                      i, id);
      lines += call + "\n";
      list += (i == 0 ? "" : ",") + call;
    }
    CHECK(MadeCapture({{"a.jsonl", lines}}).sum(Counter::input) == 30);
    CHECK(MadeCapture({{"a.json", "[" + list + "]"}}).sum(Counter::input) == 30);
  }
}

TEST_CASE("attempts with one id and other numbers are counted in a list as on lines") {
  const std::string failed = row(1, 100, 0);
  const std::string done = row(1, 100, 20);
  const MadeCapture list({{"a.json", "[" + failed + "," + done + "]"}});
  CHECK(list.sum(Counter::input) == 200);
  CHECK(list.errors() == 0);
  CHECK(MadeCapture({{"a.jsonl", failed + "\n" + done + "\n"}}).sum(Counter::input) == 200);
  CHECK(MadeCapture({{"a.json", "[" + done + "," + done + "]"}}).sum(Counter::input) == 100);
}

TEST_CASE("a table made of answers whose counts are columns is not passed over") {
  const MadeCapture table({{"a.csv",
                            "modelVersion,candidates,usageMetadata.promptTokenCount\n"
                            "gemini-9,[],100\ngemini-9,[],113\n"}});
  CHECK(table.report().verdict != Verdict::pass);
}

}  // namespace usagectl
