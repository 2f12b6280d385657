#include "dialects/row_words.hpp"

#include <doctest/doctest.h>

namespace usagectl {
namespace {

TEST_CASE("the end of a run is called so by words for an end and for what ends") {
  for (const char* text : {"run_end", "done", "Session finished", "agentEnd", "task_complete",
                           "final report", "shutdown"}) {
    CAPTURE(text);
    CHECK(is_called_end(text));
  }
}

TEST_CASE("an answer that is complete is no end of a run") {
  for (const char* text : {"response.completed", "llm_call_completed", "chat.completion", "call",
                           "completion", "request finished", "start", ""}) {
    CAPTURE(text);
    CHECK_FALSE(is_called_end(text));
  }
}

TEST_CASE("a row of statistics is called so by nothing else") {
  CHECK(statistic_called("Average") == Statistic::mean);
  CHECK(statistic_called("**mean per task**") == Statistic::mean);
  CHECK(statistic_called("p95") == Statistic::middle);
  CHECK(statistic_called("std dev") == Statistic::spread);
  CHECK(statistic_called("Max") == Statistic::largest);
  CHECK(statistic_called("token limit") == Statistic::limit);
  CHECK(statistic_called("qwen-max") == Statistic::none);
  CHECK(statistic_called("Max Mustermann") == Statistic::none);
  CHECK(statistic_called("mistral") == Statistic::none);
  CHECK(statistic_called("budget agent") == Statistic::none);
}

TEST_CASE("a window of time ends now and has a length") {
  CHECK(hours_of_window("24h") == 24);
  CHECK(hours_of_window("last_7d") == 7 * 24);
  CHECK(hours_of_window("Last 30 days") == 30 * 24);
  CHECK(hours_of_window("this week") == 7 * 24);
  CHECK(hours_of_window("today") == 24);
}

TEST_CASE("yesterday, a day and a model are no windows that end now") {
  for (const char* text : {"yesterday", "last month", "2026-11-22", "7", "llama3", "o3", "day 7"}) {
    CAPTURE(text);
    CHECK(hours_of_window(text) == 0);
  }
}

}  // namespace
}  // namespace usagectl
