// Rows that say which row is above them: spans, runs of chains, agents. Those above may sum up.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "harness/made_capture.hpp"

namespace usagectl {
namespace {

struct Row {
  std::string id;
  std::string above;  ///< empty = none
  Count input = 0;
  Count output = 0;
};

using Rows = std::vector<Row>;

const Rows kSums = {{"r", "", 460, 94},   {"a", "r", 250, 50},  {"b", "r", 210, 44},
                    {"l1", "a", 100, 20}, {"l2", "a", 150, 30}, {"l3", "b", 210, 44}};
const Rows kCalls = {{"r", "", 10, 2}, {"a", "r", 100, 20}, {"b", "r", 130, 22}};

/// `names`: of the id of a row, and of that of the row above it.
std::string json(const Row& row, const std::string& id, const std::string& above) {
  return "{\"" + id + "\": \"" + row.id + "\", \"" + above +
         "\": " + (row.above.empty() ? "null" : "\"" + row.above + "\"") +
         ", \"usage\": {\"prompt_tokens\": " + std::to_string(row.input) +
         ", \"completion_tokens\": " + std::to_string(row.output) + "}}";
}

std::string lines(const Rows& rows, const std::string& id = "id",
                  const std::string& above = "parent_id") {
  std::string text;
  for (const Row& row : rows) text += json(row, id, above) + "\n";
  return text;
}

std::string document(const Rows& rows, const std::string& id = "id",
                     const std::string& above = "parent_id") {
  std::string text;
  for (const Row& row : rows) text += (text.empty() ? "" : ", ") + json(row, id, above);
  return "{\"trace\": [" + text + "]}";
}

std::string table(const Rows& rows) {
  std::string text = "id,parent_id,kind,prompt_tokens,completion_tokens\n";
  for (const Row& row : rows) {
    text += row.id + "," + row.above + ",x," + std::to_string(row.input) + "," +
            std::to_string(row.output) + "\n";
  }
  return text;
}

bool passes(const MadeCapture& capture) { return capture.report().verdict == Verdict::pass; }
bool is_unproved(const MadeCapture& capture) {
  return capture.report().verdict == Verdict::unprovable;
}

TEST_CASE("rows that sum up the rows below them are no calls, in lines, tables and documents") {
  for (const auto& file :
       std::map<std::string, std::string>{{"a.jsonl", lines(kSums)},
                                          {"b.jsonl", lines(kSums, "span_id", "parent_span_id")},
                                          {"c.jsonl", lines(kSums, "id", "parent_run_id")},
                                          {"a.csv", table(kSums)},
                                          {"a.json", document(kSums)},
                                          {"b.json", document(kSums, "spanId", "parentSpanId")},
                                          {"c.json", document(kSums, "uid", "parent")}}) {
    CAPTURE(file.first);
    const MadeCapture capture({file});
    CHECK(capture.sum() == 554);
    CHECK(passes(capture));
  }
}

TEST_CASE("the order of rows in a tree does not matter") {
  Rows rows = kSums;
  std::reverse(rows.begin(), rows.end());
  for (const auto& file : std::map<std::string, std::string>{
           {"a.jsonl", lines(rows)}, {"a.csv", table(rows)}, {"a.json", document(rows)}}) {
    CAPTURE(file.first);
    CHECK(MadeCapture({file}).sum() == 554);
  }
}

TEST_CASE("a row above others that used less itself is a call beside them") {
  for (const auto& file : std::map<std::string, std::string>{
           {"a.jsonl", lines(kCalls)}, {"a.csv", table(kCalls)}, {"a.json", document(kCalls)}}) {
    CAPTURE(file.first);
    const MadeCapture capture({file});
    CHECK(capture.sum() == 284);
    CHECK(passes(capture));
  }
}

TEST_CASE("a row that reports more than those below, as no other row shows, is counted and said") {
  const Rows rows = {{"r", "", 300, 60}, {"a", "r", 100, 20}, {"b", "r", 130, 22}};
  for (const auto& file :
       std::map<std::string, std::string>{{"a.jsonl", lines(rows)}, {"a.json", document(rows)}}) {
    CAPTURE(file.first);
    const MadeCapture capture({file});
    CHECK(capture.sum() == 632);
    CHECK(is_unproved(capture));
  }
}

TEST_CASE("among rows that are sums, one that reports more is not counted, and said") {
  Rows rows = kSums;
  rows.front().input = 500;
  for (const auto& file :
       std::map<std::string, std::string>{{"a.jsonl", lines(rows)}, {"a.json", document(rows)}}) {
    CAPTURE(file.first);
    const MadeCapture capture({file});
    CHECK(capture.sum() == 554);
    CHECK(is_unproved(capture));
  }
}

TEST_CASE("a message below another one of a conversation is a call of its own") {
  const Rows rows = {{"m1", "", 100, 20}, {"m2", "m1", 130, 22}, {"m3", "m2", 170, 9}};
  for (const auto& file :
       std::map<std::string, std::string>{{"a.jsonl", lines(rows)}, {"a.json", document(rows)}}) {
    CAPTURE(file.first);
    const MadeCapture capture({file});
    CHECK(capture.sum() == 451);
    CHECK(passes(capture));
  }
}

TEST_CASE("below the only row at the top are those, too, whose own rows above have no usage") {
  const Rows rows = {{"r", "", 230, 42}, {"a", "chain-1", 100, 20}, {"b", "chain-2", 130, 22}};
  CHECK(MadeCapture({{"a.jsonl", lines(rows)}}).sum() == 272);
  CHECK(MadeCapture({{"a.json", document(rows)}}).sum() == 272);
}

TEST_CASE("rows that count in words of their own may be a tree as well") {
  std::string text;
  for (const Row& row : kSums) {
    text += "{\"id\": \"" + row.id +
            "\", \"parent_id\": " + (row.above.empty() ? "null" : "\"" + row.above + "\"") +
            ", \"tokens\": {\"prompt\": " + std::to_string(row.input) +
            ", \"completion\": " + std::to_string(row.output) + "}}\n";
  }
  CHECK(MadeCapture({{"a.jsonl", text}}).sum() == 554);
}

TEST_CASE("rows that are each above the other are calls") {
  const Rows rows = {{"a", "b", 10, 5}, {"b", "a", 10, 5}};
  CHECK(MadeCapture({{"a.jsonl", lines(rows)}}).sum() == 30);
  CHECK(MadeCapture({{"a.json", document(rows)}}).sum() == 30);
}

TEST_CASE("traces that number their rows anew are told apart by where their rows stand") {
  Rows rows = {{"1", "", 300, 90}, {"2", "1", 100, 40}, {"3", "1", 200, 50},
               {"1", "", 330, 93}, {"2", "1", 120, 42}, {"3", "1", 210, 51}};
  CHECK(MadeCapture({{"a.jsonl", lines(rows)}}).sum() == 390 + 423);
  std::reverse(rows.begin(), rows.end());
  CHECK(MadeCapture({{"a.jsonl", lines(rows)}}).sum() == 390 + 423);
}

TEST_CASE("an id that is a sum in one trace and a call in another leaves it open in a document") {
  const Rows rows = {{"1", "", 300, 90}, {"2", "1", 100, 40}, {"3", "1", 200, 50},
                     {"2", "", 120, 42}, {"4", "2", 100, 40}, {"5", "2", 20, 2}};
  const std::string text = document(rows);
  const MadeCapture capture(
      {{"a.json", text.substr(0, text.size() - 1) +
                      ", \"total\": {\"prompt_tokens\": 420, \"completion_tokens\": 132}}"}});
  CHECK(capture.sum() == 390 + 2 * 162);  // the sum with the id of a call is counted, too
  CHECK_FALSE(passes(capture));
}

TEST_CASE("where the rows of such traces are mixed, all are counted, and it is said") {
  const Rows rows = {{"1", "", 300, 90},  {"1", "", 330, 93},  {"2", "1", 100, 40},
                     {"2", "1", 120, 42}, {"3", "1", 200, 50}, {"3", "1", 210, 51}};
  CHECK(is_unproved(MadeCapture({{"a.jsonl", lines(rows)}})));
}

TEST_CASE("a number may be an id, also 0") {
  const auto row = [](int id, const std::string& above, int input, int output) {
    return "{\"id\": " + std::to_string(id) + ", \"parent_id\": " + above +
           ", \"usage\": {\"prompt_tokens\": " + std::to_string(input) +
           ", \"completion_tokens\": " + std::to_string(output) + "}}\n";
  };
  const MadeCapture capture(
      {{"a.jsonl", row(0, "null", 300, 90) + row(1, "0", 100, 40) + row(2, "0", 200, 50)}});
  CHECK(capture.sum() == 390);
}

TEST_CASE("a total of a document is that of the calls below its rows") {
  const std::string text = document(kSums);
  const std::string with_total =
      text.substr(0, text.size() - 1) +
      ", \"total\": {\"prompt_tokens\": 460, \"completion_tokens\": 94}}";
  const MadeCapture capture({{"a.json", with_total}});
  CHECK(capture.sum() == 554);
  CHECK(passes(capture));
}

}  // namespace
}  // namespace usagectl
