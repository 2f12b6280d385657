#include <doctest/doctest.h>

#include <string>

#include "formats/reading_of.hpp"

using namespace usagectl;

TEST_CASE(
    "a usage object that mixes the old and the new format is a layout error that names the "
    "entity") {
  const FormatReading reading = read_as_file(
      R"({"identity":{"id":"ada"},"state":{},"_openai":{"usage":{"total_tokens":5,"total_input_tokens":3,"total_requests":1}}})",
      "characters/ada.json");
  CHECK(reading.only(Rule::layout).explanation.starts_with("character ada mixes"));
}

TEST_CASE("an entity in a file of another name is a layout error") {
  const FormatReading reading =
      read_as_file(R"({"identity":{"id":"ada"},"state":{}})", "sim/characters/eva.json");
  CHECK(reading.only(Rule::layout).place.pointer == "/identity/id");
}

TEST_CASE("a tick log tells its tick and its phases, thousands separators or not") {
  const FormatReading reading = read_as_file(
      "# Tick 7\n\n| Total tokens | 1,234,567 |\n| Reasoning tokens | 0 |\n| LLM requests | 12 "
      "|\n\n"
      "## Phase 1: Intentions\n\n**Duration:** 2.1s | **Tokens:** 1234567 (reasoning: 0)\n\n"
      "## Phase 3: State\n\n**Duration:** 0.1s | *(no LLM)*\n",
      "logs/tick_000007.md");
  CHECK(reading.findings.empty());
  REQUIRE(reading.records.size() == 2);
  CHECK(tokens(reading.records[0], Counter::total) == 1234567);
  CHECK(*scope_value(reading.records[0], "phase") == "phase1");
  CHECK(tokens(reading.records[1], Counter::requests) == 12);
}

TEST_CASE("a tick log under the number of another tick is a layout error") {
  const FormatReading reading =
      read_as_file("# Tick 7\n\n| Total tokens | 0 |\n", "logs/tick_000008.md");
  CHECK(reading.only(Rule::layout).asserted == 7);
}

TEST_CASE("both wordings of the console tell ticks and phases") {
  const FormatReading reading = read_as_file(
      "2025.06.05 14:32:10 | INFO    | 🎭 phase1: Complete (2 chars, 4,500 tokens, 1,200 "
      "reasoning)\n"
      "2025.06.05 14:32:18 | INFO    | 🎬 runner: Tick 42 complete (8.2s, 4,500 tokens, 1,200 "
      "reasoning)\n"
      "2025.12.09 14:32:10 | INFO    | 🎭 phase1: Completed (2 chars, 100 tokens, 0 reasoning)\n"
      "2025.12.09 14:32:18 | INFO    | 🎬 runner: Tick 43 completed (0.0s, 100 tokens, 0 "
      "reasoning)\n",
      "console.txt");
  REQUIRE(reading.records.size() == 4);
  CHECK(*scope_value(reading.records[0], "tick") == "42");
  CHECK(*scope_value(reading.records[2], "tick") == "43");
  CHECK(tokens(reading.records[3], Counter::total) == 100);
  CHECK(reading.sum_claims.size() == 2);
}
