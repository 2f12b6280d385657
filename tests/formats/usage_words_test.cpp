#include "dialects/usage_words.hpp"

#include <doctest/doctest.h>

#include <string>

namespace usagectl {
namespace {

std::string counter(const char* name) {
  const auto counter = counter_named(name);
  return counter ? std::string(name_of(counter->quantity)) : "none";
}

}  // namespace

TEST_CASE("a name is made of words, however they are joined") {
  CHECK(words_of("totalInputTokens") == words_of("total_input-tokens"));
  CHECK(words_of("LLMCallCount") == words_of("llm call count"));
}

TEST_CASE("a key counts what its words say, in any spelling") {
  for (const char* name : {"input_tokens", "promptTokens", "tokens_in", "total_prompt_tokens",
                           "numInputTokens", "input", "tokens_sent"}) {
    CAPTURE(name);
    CHECK(counter(name) == "input");
  }
  for (const char* name : {"output_tokens", "completionTokens", "tokens_out",
                           "totalOutputTokenCount", "out", "generated_tokens"}) {
    CAPTURE(name);
    CHECK(counter(name) == "output");
  }
  for (const char* name : {"tokens", "total_tokens", "tokensUsed", "token_count", "total"}) {
    CAPTURE(name);
    CHECK(counter(name) == "total");
  }
  CHECK(counter("cache_read_input_tokens") == "cache_read");
  CHECK(counter("cachedInputTokens") == "cache_read");
  CHECK(counter("cacheCreationTokens") == "cache_write");
  CHECK(counter("total_thinking_tokens") == "reasoning");
  CHECK(counter("n_context_tokens_total") == "input");
  CHECK(counter("response_tokens") == "output");
}

TEST_CASE("a key with another word counts something narrower, or nothing") {
  for (const char* name :
       {"agent_tokens", "audio_tokens", "max_tokens", "input_cost", "prompts", "completions",
        "input_file", "tokenizer", "count", "request_count", "cache_hits", "cached", "thinking",
        "prompt_number", "n_candidates", "num_generated"}) {
    CAPTURE(name);
    CHECK(counter(name) == "none");
  }
}

TEST_CASE("a number of calls is one of calls alone") {
  CHECK(names_number_of_calls("total_calls"));
  CHECK(names_number_of_calls("numApiRequests"));
  CHECK_FALSE(names_number_of_calls("tool_calls"));
  CHECK_FALSE(names_number_of_calls("failed_requests"));
}

TEST_CASE("two names that count one thing agree on it") {
  CHECK(thing_counted("task_count") == thing_counted("tasks"));
  CHECK(thing_counted("totalSessions") == thing_counted("session_count"));
}

TEST_CASE("keys that are data are told from words of a format") {
  CHECK(looks_like_model("gpt-4o-mini"));
  CHECK(looks_like_model("openai:gpt-4o"));
  CHECK_FALSE(looks_like_model("o"));
  CHECK(looks_like_day("2026-03-01"));
  CHECK_FALSE(looks_like_day("2026-3-1"));
  CHECK_FALSE(looks_like_data("summary"));
}

}  // namespace usagectl
