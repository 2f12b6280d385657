// Files that begin with the calls of another one: backups, and sessions saved anew at each step.
#include <doctest/doctest.h>

#include <string>

#include "harness/made_capture.hpp"

namespace usagectl {
namespace {

std::string call(int input, int output) {
  return "{\"model\": \"m\", \"usage\": {\"prompt_tokens\": " + std::to_string(input) +
         ", \"completion_tokens\": " + std::to_string(output) + "}}";
}

std::string session(int calls, int from = 100) {
  std::string text;
  for (int i = 0; i < calls; ++i) text += (i == 0 ? "" : ", ") + call(from + 37 * i, 10 + i);
  return "{\"session\": \"s\", \"calls\": [" + text + "]}";
}

std::size_t warnings(const MadeCapture& capture) { return capture.report().findings.size(); }

TEST_CASE("a backup of a session without times may be counted twice, which is said") {
  CHECK(warnings(MadeCapture({{"run.json", session(4)}, {"run.json.bak", session(3)}})) == 1);
}

TEST_CASE("of a session that was saved at each step, each older state is said") {
  CHECK(warnings(MadeCapture({{"step_2.json", session(2)},
                              {"step_3.json", session(3)},
                              {"step_4.json", session(4)}})) == 2);
}

TEST_CASE("sessions that begin alike and go on differently are others") {
  const std::string other =
      "{\"calls\": [" + call(100, 10) + ", " + call(137, 11) + ", " + call(150, 3) + "]}";
  CHECK(warnings(MadeCapture({{"a.json", session(4)}, {"b.json", other}})) == 0);
}

TEST_CASE("files of the same call over and over say nothing of each other") {
  const auto repeated = [](int calls) {
    std::string text;
    for (int i = 0; i < calls; ++i) text += (i == 0 ? "" : ", ") + call(100, 1);
    return "{\"calls\": [" + text + "]}";
  };
  CHECK(warnings(MadeCapture({{"a.json", repeated(3)}, {"b.json", repeated(4)}})) == 0);
}

}  // namespace
}  // namespace usagectl
