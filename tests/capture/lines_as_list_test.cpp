// Lines with several usage objects each, which only all lines together relate.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "harness/made_capture.hpp"

namespace usagectl {
namespace {

std::string usage(int input, int output) {
  return "{\"prompt_tokens\": " + std::to_string(input) +
         ", \"completion_tokens\": " + std::to_string(output) + "}";
}

/// The lines of a log, and the same as one list.
std::vector<std::map<std::string, std::string>> both(const std::vector<std::string>& rows) {
  std::string lines;
  std::string list;
  for (const std::string& row : rows) {
    lines += row + "\n";
    list += (list.empty() ? "[" : ", ") + row;
  }
  return {{{"a.jsonl", lines}}, {{"a.json", list + "]"}}};
}

TEST_CASE("steps of one line that nothing relates are calls of their own") {
  std::vector<std::string> rows;
  for (int i = 0; i < 3; ++i) {
    rows.push_back("{\"draft\": {\"usage\": " + usage(100 + i, 50) + "}, \"review\": {\"usage\": " +
                   usage(200 + i, 20) + "}, \"final\": {\"usage\": " + usage(250 + i, 60) + "}}");
  }
  for (const auto& files : both(rows)) {
    CAPTURE(files.begin()->first);
    const MadeCapture capture(files);
    CHECK(capture.sum(Counter::input) == 1659);
    CHECK(capture.sum(Counter::output) == 390);
    CHECK(capture.summary().intake.problems.empty());
  }
}

TEST_CASE("a history that each line writes anew is counted once, beside the newest answer") {
  const std::vector<std::string> calls = {usage(100, 10), usage(150, 20), usage(210, 15)};
  std::vector<std::string> rows;
  std::string history;
  for (const std::string& call : calls) {
    history += (history.empty() ? "" : ", ") +
               ("{\"step\": " + std::to_string(rows.size()) + ", \"usage\": " + call + "}");
    rows.push_back("{\"step\": " + std::to_string(rows.size()) + ", \"history\": [" + history +
                   "], \"reply\": {\"usage\": " + call + "}}");
  }
  for (const auto& files : both(rows)) {
    CAPTURE(files.begin()->first);
    const MadeCapture capture(files);
    CHECK(capture.sum(Counter::input) == 460);
    CHECK(capture.sum(Counter::output) == 45);
    CHECK(capture.errors() == 0);
  }
}

TEST_CASE("attempts beside the usage of a line are its parts, or all that was used") {
  std::vector<std::string> last_alone;
  std::vector<std::string> all_together;
  for (int i = 0; i < 3; ++i) {
    const std::string attempts = ", \"attempts\": [{\"usage\": " + usage(100, 10) +
                                 "}, {\"usage\": " + usage(200 + i, 20) + "}]}";
    last_alone.push_back("{\"task\": \"t\", \"usage\": " + usage(200 + i, 20) + attempts);
    all_together.push_back("{\"task\": \"t\", \"usage\": " + usage(300 + i, 30) + attempts);
  }
  for (const auto& rows : {last_alone, all_together}) {
    for (const auto& files : both(rows)) {
      CAPTURE(files.begin()->first);
      const MadeCapture capture(files);
      CHECK(capture.sum(Counter::input) == 903);
      CHECK(capture.sum(Counter::output) == 90);
    }
  }
}

TEST_CASE("what a list of lines shows is said of its lines") {
  const MadeCapture capture(
      {{"a.jsonl", "{\"draft\": {\"usage\": " + usage(100, 50) + "}, \"final\": {\"usage\": " +
                       usage(250, 60) + "}}\n\n{\"draft\": {\"usage\": " + usage(101, 50) +
                       "}, \"final\": {\"usage\": " + usage(251, 60) + "}}\n"}});
  std::vector<std::string> places;
  Question question;
  question.on_record = [&](const UsageRecord& record) {
    places.push_back(std::to_string(record.place.line) + record.place.pointer);
  };
  read_captures({capture.path()}, std::move(question), {});
  std::sort(places.begin(), places.end());
  CHECK(places == std::vector<std::string>{"1/draft/usage", "1/final/usage", "3/draft/usage",
                                           "3/final/usage"});
}

TEST_CASE("counts in words that no dialect knows are read in lines as in a list") {
  for (const std::string holder : {"usage", "tokens", "token_usage"}) {
    for (const std::string around : {"meta", "metrics", "response"}) {
      CAPTURE(holder);
      CAPTURE(around);
      const auto row = [&](int prompt, int completion) {
        const std::string counts = "{\"prompt\": " + std::to_string(prompt) +
                                   ", \"completion\": " + std::to_string(completion) +
                                   ", \"total\": " + std::to_string(prompt + completion) + "}";
        return "{\"id\": \"t" + std::to_string(prompt) + "\", \"" + around + "\": {\"" + holder +
               "\": " + counts + "}}";
      };
      for (const auto& files : both({row(1000, 20), row(2010, 61), row(351, 72)})) {
        CAPTURE(files.begin()->first);
        CHECK(MadeCapture(files).sum() == 3514);
      }
    }
  }
}

TEST_CASE("known counts below the name of another dialect's object are read") {
  const std::vector<std::string> rows = {
      R"({"meta": {"tokens": {"input_tokens": 30, "output_tokens": 4}}})",
      R"({"meta": {"tokens": {"input_tokens": 51, "output_tokens": 9}}})"};
  for (const auto& files : both(rows)) CHECK(MadeCapture(files).sum() == 94);
}

TEST_CASE("a total beside usage further inside is no call") {
  std::vector<std::string> rows;
  int input = 0;
  int output = 0;
  for (const auto& [in, out] : std::vector<std::pair<int, int>>{{330, 40}, {1747, 33}, {91, 89}}) {
    input += in;
    output += out;
    rows.push_back("{\"agent\": \"a\", \"response\": {\"token_usage\": " + usage(in, out) +
                   "}, \"total_usage\": " + usage(input, output) + "}");
  }
  for (const auto& files : both(rows)) {
    CAPTURE(files.begin()->first);
    CHECK(MadeCapture(files).sum(Counter::input) == 2168);
  }
}

TEST_CASE("a line that cannot be read keeps the lines apart") {
  const MadeCapture capture({{"a.jsonl", "{\"draft\": {\"usage\": " + usage(100, 50) +
                                             "}, \"final\": {\"usage\": " + usage(250, 60) +
                                             "}}\n{\"draft\": {\"usage\n"}});
  CHECK(capture.summary().intake.problems.size() > 1);
}

}  // namespace
}  // namespace usagectl
