// Sums among more rows than are looked at one by one.
#include <doctest/doctest.h>

#include <string>

#include "harness/made_capture.hpp"

namespace usagectl {
namespace {

constexpr int kCalls = 5000;

std::string row(const std::string& name, int input, int output) {
  return "{\"name\": \"" + name + "\", \"tokens\": {\"in\": " + std::to_string(input) +
         ", \"out\": " + std::to_string(output) + "}}";
}

/// `at`: where the row with the sum of all others stands.
std::string trace(int at) {
  std::string text;
  for (int i = 0; i <= kCalls; ++i) {
    if (i == at) text += (i == 0 ? "" : ", ") + row("run", 100 * kCalls, 10 * kCalls);
    if (i < kCalls) text += (text.empty() ? "" : ", ") + row("step", 100, 10);
  }
  return "{\"trace\": [" + text + "]}";
}

TEST_CASE("the sum of all other rows of a list is known wherever it is, however long the list is") {
  for (const int at : {0, 2500, 4500, kCalls}) {
    CAPTURE(at);
    CHECK(MadeCapture({{"a.json", trace(at)}}).sum() == 110 * kCalls);
  }
}

TEST_CASE("more than a few sums may come before the calls of a log") {
  std::string text;
  std::string calls;
  for (int i = 0; i < 100; ++i) {
    const std::string session = "\"session\": \"s" + std::to_string(i) + "\", ";
    text += "{\"type\": \"summary\", " + session +
            "\"total_usage\": {\"prompt_tokens\": 200, \"completion_tokens\": 20}}\n";
    for (int call = 0; call < 2; ++call) {
      calls +=
          "{\"type\": \"call\", " + session +
          "\"model\": \"m\", \"usage\": {\"prompt_tokens\": 100, \"completion_tokens\": 10}}\n";
    }
  }
  CHECK(MadeCapture({{"a.jsonl", text + calls}}).sum() == 22'000);
}

TEST_CASE("all choices of a call may repeat its usage, however many they are") {
  std::string text;
  for (int i = 0; i < 200; ++i) {
    text += (i == 0 ? "" : ", ") + std::string("{\"index\": ") + std::to_string(i) +
            ", \"finish_reason\": \"stop\", \"usage\": {\"prompt_tokens\": 50, "
            "\"completion_tokens\": 900, \"total_tokens\": 950}}";
  }
  CHECK(MadeCapture({{"a.json", "{\"model\": \"gpt-4o\", \"choices\": [" + text + "]}"}}).sum() ==
        950);
}

}  // namespace
}  // namespace usagectl
