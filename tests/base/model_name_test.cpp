#include "base/model_name.hpp"

#include <doctest/doctest.h>

namespace usagectl {
namespace {

TEST_CASE("a model is the same with and without vendor, date and variant") {
  CHECK(may_be_same_model("o4-mini", "openai/o4-mini-2025-04-16"));
  CHECK(
      may_be_same_model("claude-sonnet-4-20250514", "us.anthropic.claude-sonnet-4-20250514-v1:0"));
  CHECK(may_be_same_model("claude-3-5-sonnet-latest", "claude-3-5-sonnet-20241022"));
  CHECK(may_be_same_model("made-up", "vendor/made-up:free"));
  CHECK(may_be_same_model("gemini-2.0-flash", "gemini-2.0-flash-001"));
  CHECK(may_be_same_model("", "anything"));
}

TEST_CASE("a model is the same when one name of it is for people") {
  CHECK(may_be_same_model("Claude Haiku 4.5", "claude-haiku-4-5-20251001"));
  CHECK(may_be_same_model("Claude Haiku 3.5", "claude-3-5-haiku-20241022"));
  CHECK(may_be_same_model("gemini 2.5 flash", "gemini-2.5-flash"));
}

TEST_CASE("another size, number, date or variant is another model") {
  CHECK_FALSE(may_be_same_model("o4", "o4-mini"));
  CHECK_FALSE(may_be_same_model("claude-sonnet-4", "claude-sonnet-4-5"));
  CHECK_FALSE(may_be_same_model("gpt-4o-2024-05-13", "gpt-4o-2024-08-06"));
  CHECK_FALSE(may_be_same_model("llama3:8b", "llama3:70b"));
  CHECK_FALSE(may_be_same_model("gemini 2.5 flash", "gemini-2.5-flash-lite"));
  CHECK_FALSE(may_be_same_model("claude-3-5-haiku", "claude-5-3-haiku"));
}

}  // namespace
}  // namespace usagectl
