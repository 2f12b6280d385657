#include "formats/reading/choices_of_call.hpp"

#include <doctest/doctest.h>

#include <string>

#include "harness/made_capture.hpp"
#include "input/json/json_parser.hpp"

namespace usagectl {
namespace {

std::string usage(int input, int output) {
  return "\"usage\": {\"prompt_tokens\": " + std::to_string(input) +
         ", \"completion_tokens\": " + std::to_string(output) + "}";
}

/// A reply of Haystack, with the usage of its call in its meta.
std::string reply(int index, int input, int output, const std::string& reason = "stop") {
  return "{\"meta\": {\"index\": " + std::to_string(index) + ", \"finish_reason\": \"" + reason +
         "\", " + usage(input, output) + "}}";
}

std::string replies(int number, int input, int output) {
  std::string text;
  for (int i = 0; i < number; ++i) text += (i == 0 ? "" : ", ") + reply(i, input, output);
  return "{\"replies\": [" + text + "]}";
}

/// A generation of LangChain.
std::string generation(int index, int input, int output) {
  return "{\"generation_info\": {\"finish_reason\": \"stop\"}, \"message\": {\"id\": \"run-7c-" +
         std::to_string(index) +
         "\", \"usage_metadata\": {\"input_tokens\": " + std::to_string(input) +
         ", \"output_tokens\": " + std::to_string(output) +
         ", \"total_tokens\": " + std::to_string(input + output) + "}}}";
}

Count sum(const std::string& name, const std::string& text) {
  return MadeCapture({{name, text}}).sum();
}

TEST_CASE("choices of one call, each with its usage, are counted once") {
  CHECK(sum("a.json", "{\"llm\": " + replies(3, 57, 91) + "}") == 148);
  CHECK(sum("a.jsonl", replies(2, 57, 91) + "\n" + replies(2, 60, 33) + "\n") == 241);
  CHECK(sum("b.json", "{\"generations\": [[" + generation(0, 80, 120) + ", " +
                          generation(1, 80, 120) + "], [" + generation(0, 50, 20) + ", " +
                          generation(1, 50, 20) +
                          "]], \"llm_output\": {\"token_usage\": "
                          "{\"prompt_tokens\": 130, \"completion_tokens\": 140}}}") == 270);
}

TEST_CASE("a list of one choice beside a list of several is read alike") {
  CHECK(sum("a.json", "{\"generations\": [[" + generation(0, 80, 120) + ", " +
                          generation(1, 80, 120) + "], [" + generation(0, 50, 20) + "]]}") == 270);
}

TEST_CASE("items that used differently are calls of their own") {
  CHECK(sum("a.json", "{\"replies\": [" + reply(0, 57, 91) + ", " + reply(1, 57, 90) + "]}") ==
        148 + 147);
}

TEST_CASE("steps without a reason to finish are calls, however alike") {
  CHECK(sum("a.json", "{\"steps\": [{\"index\": 0, " + usage(50, 9) + "}, {\"index\": 1, " +
                          usage(50, 9) + "}]}") == 118);
}

TEST_CASE("answers with ids of their own are calls") {
  const auto answer = [](const std::string& id, int index) {
    return "{\"id\": \"" + id + "\", \"index\": " + std::to_string(index) +
           ", \"finish_reason\": \"stop\", " + usage(100, 20) + "}";
  };
  CHECK(sum("a.json", "{\"model\": \"gpt-4o\", \"results\": [" + answer("chatcmpl-Aa", 0) + ", " +
                          answer("chatcmpl-Bb", 1) + "]}") == 240);
}

TEST_CASE("answers of fewer tokens than there are of them are calls, each of which gave one") {
  CHECK(sum("a.json", "{\"llm\": " + replies(3, 57, 2) + "}") == 3 * 59);
}

TEST_CASE(
    "answers that were all cut at a limit may be choices or calls: both are counted, and said") {
  const MadeCapture capture({{"a.json", "{\"replies\": [" + reply(0, 57, 16, "length") + ", " +
                                            reply(1, 57, 16, "length") + "]}"}});
  CHECK(capture.sum() == 146);
  CHECK(capture.report().verdict == Verdict::unprovable);
}

}  // namespace
}  // namespace usagectl
