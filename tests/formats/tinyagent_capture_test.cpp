#include "formats/reading_of.hpp"

namespace usagectl {
namespace {

FormatReading capture(const std::string& name) { return read_fixture("tinyagent_capture/" + name); }

TEST_CASE(
    "only an assistant's message_end counts, everything else that shows the message is a copy") {
  const FormatReading reading = capture("raw_two_turns.json");
  REQUIRE(reading.records.size() == 2);
  CHECK(reading.records[0].place.pointer == "/events/6/message/usage");
  CHECK(reading.records[0].model == "model-a");
  CHECK(reading.records[0].time == "2026-02-13T16:26:40Z");
  CHECK(*scope_value(reading.records[0], "provider") == "example");
  // Per turn: message_start, message_update twice, turn_end, agent_end; and final_assistant.
  CHECK(reading.duplicates == 11);
  CHECK(reading.findings.empty());
}

TEST_CASE("a total of input and output with the cache fitting into input says that it is inside") {
  const FormatReading reading = capture("raw_two_turns.json");
  CHECK(reading.records[0].dialect == "tinyagent");
  CHECK(tokens(reading.records[0], Counter::input) == 300);
  CHECK(tokens(reading.records[0], Counter::cache_read) == 120);
  CHECK(tokens(reading.records[0], Counter::total) == 320);
}

TEST_CASE("a total that holds the cache says that it stands outside input") {
  const FormatReading reading = capture("normalized_cache_outside_input.json");
  REQUIRE(reading.records.size() == 2);
  CHECK(reading.records[0].dialect == "alchemy_rs.legacy");
  CHECK(tokens(reading.records[0], Counter::input) == 100);
  CHECK(tokens(reading.records[0], Counter::total) == 150);
  CHECK(reading.records[0].given[Counter::input] == 12);
  CHECK(tokens(reading.records[0], Counter::reasoning) == -1);
  CHECK(reading.records[1].dialect == "alchemy_rs.legacy");
  CHECK(reading.only(Rule::coverage).cause == "normalized-counts");
  CHECK(reading.only(Rule::coverage).severity == Severity::note);
}

TEST_CASE("a cache that exceeds input stands outside in every call of the capture") {
  const FormatReading reading = capture("cache_exceeds_input.json");
  REQUIRE(reading.records.size() == 2);
  CHECK(tokens(reading.records[0], Counter::input) == 45);
  CHECK(tokens(reading.records[1], Counter::input) == 90);
  CHECK(reading.errors() == 0);
}

TEST_CASE("without a cache both meanings give the same input and none is claimed") {
  const FormatReading reading = capture("nothing_tells_the_meaning.json");
  REQUIRE(reading.records.size() == 1);
  CHECK(reading.records[0].dialect == "alchemy_rs.legacy|tinyagent");
  CHECK(tokens(reading.records[0], Counter::input) == 28);
}

TEST_CASE("totals of two meanings in one capture prove neither") {
  const FormatReading reading = capture("mixed_totals.json");
  REQUIRE(reading.records.size() == 2);
  CHECK(reading.only(Rule::identity).cause == "mixed-meaning");
  CHECK(tokens(reading.records[0], Counter::input) == -1);
  CHECK(tokens(reading.records[1], Counter::input) == -1);
  CHECK(tokens(reading.records[1], Counter::output) == 10);
}

TEST_CASE("camel case keys are read, and prompt_tokens beside input proves it to be the prompt") {
  const FormatReading reading = capture("camel_case_with_prompt_tokens.json");
  REQUIRE(reading.records.size() == 1);
  CHECK(tokens(reading.records[0], Counter::input) == 90);
  CHECK(tokens(reading.records[0], Counter::cache_read) == 30);
  CHECK(tokens(reading.records[0], Counter::total) == 99);
  CHECK(reading.findings.empty());
}

TEST_CASE("a call with null usage is said and not counted as zero") {
  const FormatReading reading = capture("null_usage.json");
  CHECK(reading.records.size() == 1);
  CHECK(reading.only(Rule::coverage).place.pointer == "/events/6/message");
  CHECK(reading.ignored_by.at("message without usage") == 1);
}

TEST_CASE("event_count must be the number of events") {
  const FormatReading reading = capture("event_count_too_high.json");
  const Finding& finding = reading.only(Rule::count);
  CHECK(finding.asserted == 99);
  CHECK(finding.calculated == 9);
}

TEST_CASE("the final state must agree with message_end") {
  const FormatReading reading = capture("state_disagrees.json");
  CHECK(reading.records.size() == 1);
  CHECK(reading.errors() == 2);
  CHECK(reading.findings[0].place.pointer == "/agent_state_messages/1/usage/output");
  CHECK(reading.findings[0].asserted == 5);
  CHECK(reading.findings[0].calculated == 4);
}

TEST_CASE("a call without message_end is taken from what shows it later, in the right place") {
  const FormatReading reading = capture("first_message_end_missing.json");
  REQUIRE(reading.records.size() == 2);
  CHECK(tokens(reading.records[0], Counter::input) == 10);
  CHECK(tokens(reading.records[1], Counter::input) == 20);
  CHECK(reading.records[1].place.pointer == "/events/9/message/usage");
  CHECK(reading.only(Rule::coverage).severity == Severity::warning);
}

TEST_CASE("final_assistant counts when no event holds the call") {
  const FormatReading reading = capture("only_final_assistant.json");
  REQUIRE(reading.records.size() == 1);
  CHECK(reading.records[0].place.pointer == "/final_assistant/usage");
  CHECK(reading.only(Rule::coverage).place.pointer == "/final_assistant");
}

TEST_CASE("a message that did not end has no usage that could be trusted") {
  const FormatReading reading = capture("cut_while_streaming.json");
  CHECK(reading.records.empty());
  CHECK(reading.duplicates == 0);
  CHECK(reading.ignored_by.at("usage of a message that did not end") == 3);
  CHECK(reading.only(Rule::coverage).severity == Severity::warning);
}

TEST_CASE("a total that fits no meaning is refuted and leaves the input open") {
  const FormatReading reading = capture("total_fits_no_meaning.json");
  REQUIRE(reading.records.size() == 1);
  CHECK(reading.only(Rule::identity).asserted == 111);
  CHECK(tokens(reading.records[0], Counter::input) == -1);
  CHECK(tokens(reading.records[0], Counter::output) == 10);
}

TEST_CASE("a negative number rejects the call, and its copies are no further fault") {
  const FormatReading reading = capture("negative_input.json");
  CHECK(reading.records.empty());
  CHECK(reading.problems.size() == 1);
  CHECK(reading.errors() == 1);
}

}  // namespace
}  // namespace usagectl
