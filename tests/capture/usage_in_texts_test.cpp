// JSON whose usage objects are texts: in JSON, or as Python prints them.
#include <doctest/doctest.h>

#include <string>

#include "harness/made_capture.hpp"

namespace usagectl {
namespace {

/// A row of a log with that text, which stands in a JSON string.
std::string row(const std::string& text, const std::string& name = "usage") {
  return "{\"id\": 1, \"" + name + "\": \"" + text + "\"}";
}

TEST_CASE("a usage object that is kept as a text is read, in lines and in documents") {
  for (const std::string text :
       {R"({\"prompt_tokens\": 12, \"completion_tokens\": 3})",
        R"({\n \"prompt_tokens\": 12,\n \"completion_tokens\": 3\n})",
        "{'prompt_tokens': 12, 'completion_tokens': 3, 'details': None}",
        "CompletionUsage(completion_tokens=3, prompt_tokens=12, total_tokens=15, details=None)"}) {
    CAPTURE(text);
    CHECK(MadeCapture({{"a.jsonl", row(text) + "\n" + row(text) + "\n"}}).sum() == 30);
    CHECK(MadeCapture({{"a.json", "{\"calls\": [" + row(text) + ", " + row(text) + "]}"}}).sum() ==
          30);
  }
}

TEST_CASE("texts that are no usage, or are not called so, stay texts") {
  const std::string usage = R"({\"prompt_tokens\": 12, \"completion_tokens\": 3})";
  CHECK(MadeCapture({{"a.jsonl", row(usage, "prompt") + "\n"}}).summary().total.records == 0);
  CHECK(MadeCapture({{"a.jsonl", row("12 tokens") + "\n"}}).summary().total.records == 0);
}

TEST_CASE("a text beside usage that is counted is not counted again") {
  const std::string call = R"({"usage": {"prompt_tokens": 12, "completion_tokens": 3},)"
                           R"( "raw_usage": "{\"prompt_tokens\": 12, \"completion_tokens\": 3}"})";
  CHECK(MadeCapture({{"a.jsonl", call + "\n"}}).sum() == 15);
}

}  // namespace
}  // namespace usagectl
