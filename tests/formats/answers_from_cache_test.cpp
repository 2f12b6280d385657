// Answers that a gateway or a program had in its cache: nobody was asked, and nothing was used.
#include <doctest/doctest.h>

#include <string>

#include "harness/made_capture.hpp"

namespace usagectl {
namespace {

std::string call(const std::string& about, const std::string& more = {}) {
  return "{" + about + ", \"model\": \"m\", \"usage\": {\"prompt_tokens\": 100, " +
         "\"completion_tokens\": 12" + more + "}}\n";
}

bool is_said(const std::string& lines) {
  return MadeCapture({{"a.jsonl", lines}}).report().verdict == Verdict::unprovable;
}

TEST_CASE("an answer that is said to come from a cache is counted, and it is said") {
  for (const std::string about :
       {"\"cache_hit\": true", "\"cached\": true", "\"cache_status\": \"HIT\"",
        "\"from_cache\": true", "\"gptcache\": true"}) {
    CAPTURE(about);
    CHECK(is_said(call("\"cached_at\": null") + call(about)));
    CHECK(MadeCapture({{"a.jsonl", call(about)}}).sum() == 112);
  }
}

TEST_CASE("an answer that was not in a cache is a call like any other") {
  for (const std::string about : {"\"cache_hit\": false", "\"cached\": null",
                                  "\"cache_status\": \"MISS\"", "\"cached\": 0"}) {
    CAPTURE(about);
    CHECK_FALSE(is_said(call(about)));
  }
}

TEST_CASE("what the provider had in its own cache is a part of the input") {
  CHECK_FALSE(
      is_said(call("\"cache_hit\": true", ", \"prompt_tokens_details\": {\"cached_tokens\": 64}")));
}

}  // namespace
}  // namespace usagectl
