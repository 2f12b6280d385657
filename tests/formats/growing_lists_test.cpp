// A conversation that is written anew at each of its steps, with the calls before it.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "harness/made_capture.hpp"

namespace usagectl {
namespace {

using Calls = std::vector<std::pair<int, int>>;
const Calls kCalls = {{100, 10}, {140, 22}, {190, 31}};

std::string message(std::pair<int, int> call) {
  return "{\"type\": \"human\"}, {\"type\": \"ai\", \"usage_metadata\": {\"input_tokens\": " +
         std::to_string(call.first) + ", \"output_tokens\": " + std::to_string(call.second) +
         ", \"total_tokens\": " + std::to_string(call.first + call.second) + "}}";
}

std::string state(const Calls& calls, std::size_t step) {
  std::string text;
  for (std::size_t i = 0; i < step; ++i) text += (i == 0 ? "" : ", ") + message(calls[i]);
  return "{\"values\": {\"messages\": [" + text + "]}, \"step\": " + std::to_string(step) + "}";
}

std::string history(const Calls& calls, bool is_newest_first) {
  std::vector<std::string> states;
  for (std::size_t step = 0; step <= calls.size(); ++step) states.push_back(state(calls, step));
  if (is_newest_first) std::reverse(states.begin(), states.end());
  std::string text;
  for (const std::string& one : states) text += (text.empty() ? "" : ", ") + one;
  return "[" + text + "]";
}

TEST_CASE("of states that each hold the messages before them, each message counts once") {
  for (const bool is_newest_first : {false, true}) {
    CAPTURE(is_newest_first);
    CHECK(MadeCapture({{"a.json", history(kCalls, is_newest_first)}}).sum() == 493);
    CHECK(MadeCapture({{"a.json", "{\"thread\": \"t\", \"checkpoints\": " +
                                      history(kCalls, is_newest_first) + "}"}})
              .sum() == 493);
  }
}

TEST_CASE("each thread has its own states") {
  const Calls other = {{80, 9}, {120, 12}, {150, 7}};
  CHECK(MadeCapture({{"a.json", "{\"threads\": [{\"states\": " + history(kCalls, false) +
                                    "}, {\"states\": " + history(other, false) + "}]}"}})
            .sum() == 493 + 378);
}

TEST_CASE("in two files, positions are those of each file") {
  const Calls other = {{80, 9}, {120, 12}, {150, 7}};
  CHECK(
      MadeCapture({{"a.json", history(kCalls, false)}, {"b.json", history(other, false)}}).sum() ==
      493 + 378);
}

/// Requests with the history that was sent with them, a line each.
std::string call(std::pair<int, int> call) {
  return "{\"usage\": {\"prompt_tokens\": " + std::to_string(call.first) +
         ", \"completion_tokens\": " + std::to_string(call.second) + "}}";
}
std::vector<std::string> requests() {
  std::vector<std::string> requests;
  for (std::size_t step = 1; step <= kCalls.size(); ++step) {
    std::string text;
    for (std::size_t i = 0; i < step; ++i) text += (i == 0 ? "" : ", ") + call(kCalls[i]);
    requests.push_back("{\"history\": [" + text + "]}");
  }
  return requests;
}

TEST_CASE("of lines and items that each hold the history before them, each call counts once") {
  std::string lines;
  std::string list;
  for (const std::string& request : requests()) {
    lines += request + "\n";
    list += (list.empty() ? "" : ", ") + request;
  }
  CHECK(MadeCapture({{"a.jsonl", lines}}).sum() == 493);
  CHECK(MadeCapture({{"a.json", "{\"requests\": [" + list + "]}"}}).sum() == 493);
}

TEST_CASE("lists that begin otherwise are those of other calls") {
  Calls other = kCalls;
  other.front().second = 11;
  const std::string text = "[" + state(kCalls, 2) + ", " + state(other, 3) + "]";
  CHECK(MadeCapture({{"a.json", text}}).sum() == 110 + 162 + 111 + 162 + 221);
}

TEST_CASE("one step alone may be chance: both lists are counted, and it is said") {
  const MadeCapture capture({{"a.json", "[" + state(kCalls, 2) + ", " + state(kCalls, 3) + "]"}});
  CHECK(capture.sum() == 110 + 162 + 493);
  CHECK(capture.report().verdict == Verdict::unprovable);
}

}  // namespace
}  // namespace usagectl
