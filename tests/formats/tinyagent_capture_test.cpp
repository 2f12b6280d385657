#include "formats/recording_sink.hpp"

namespace usagectl {
namespace {

RecordingSink capture(const std::string& name) { return read_fixture("tinyagent_capture/" + name); }

TEST_CASE(
    "only an assistant's message_end counts, everything else that shows the message is a copy") {
  const RecordingSink sink = capture("raw_two_turns.json");
  REQUIRE(sink.records.size() == 2);
  CHECK(sink.records[0].place.pointer == "/events/6/message/usage");
  CHECK(sink.records[0].model == "model-a");
  CHECK(sink.records[0].time == "2026-02-13T16:26:40Z");
  CHECK(*scope_value(sink.records[0], "provider") == "example");
  // Per turn: message_start, message_update twice, turn_end, agent_end; and final_assistant.
  CHECK(sink.duplicates == 11);
  CHECK(sink.findings.empty());
}

TEST_CASE("a total of input and output with the cache fitting into input says that it is inside") {
  const RecordingSink sink = capture("raw_two_turns.json");
  CHECK(sink.records[0].dialect == "tinyagent");
  CHECK(tokens(sink.records[0], Counter::input) == 300);
  CHECK(tokens(sink.records[0], Counter::cache_read) == 120);
  CHECK(tokens(sink.records[0], Counter::total) == 320);
}

TEST_CASE("a total that holds the cache says that it stands outside input") {
  const RecordingSink sink = capture("normalized_cache_outside_input.json");
  REQUIRE(sink.records.size() == 2);
  CHECK(sink.records[0].dialect == "alchemy_rs.legacy");
  CHECK(tokens(sink.records[0], Counter::input) == 100);
  CHECK(tokens(sink.records[0], Counter::total) == 150);
  CHECK(sink.records[0].given[Counter::input] == 12);
  CHECK(tokens(sink.records[0], Counter::reasoning) == -1);
  CHECK(sink.records[1].dialect == "alchemy_rs.legacy");
  CHECK(sink.only(Rule::coverage).cause == "normalized-counts");
  CHECK(sink.only(Rule::coverage).severity == Severity::note);
}

TEST_CASE("a cache that exceeds input stands outside in every call of the capture") {
  const RecordingSink sink = capture("cache_exceeds_input.json");
  REQUIRE(sink.records.size() == 2);
  CHECK(tokens(sink.records[0], Counter::input) == 45);
  CHECK(tokens(sink.records[1], Counter::input) == 90);
  CHECK(sink.errors() == 0);
}

TEST_CASE("without a cache both meanings give the same input and none is claimed") {
  const RecordingSink sink = capture("nothing_tells_the_meaning.json");
  REQUIRE(sink.records.size() == 1);
  CHECK(sink.records[0].dialect == "alchemy_rs.legacy|tinyagent");
  CHECK(tokens(sink.records[0], Counter::input) == 28);
}

TEST_CASE("totals of two meanings in one capture prove neither") {
  const RecordingSink sink = capture("mixed_totals.json");
  REQUIRE(sink.records.size() == 2);
  CHECK(sink.only(Rule::identity).cause == "mixed-meaning");
  CHECK(tokens(sink.records[0], Counter::input) == -1);
  CHECK(tokens(sink.records[1], Counter::input) == -1);
  CHECK(tokens(sink.records[1], Counter::output) == 10);
}

TEST_CASE("camel case keys are read, and prompt_tokens beside input proves it to be the prompt") {
  const RecordingSink sink = capture("camel_case_with_prompt_tokens.json");
  REQUIRE(sink.records.size() == 1);
  CHECK(tokens(sink.records[0], Counter::input) == 90);
  CHECK(tokens(sink.records[0], Counter::cache_read) == 30);
  CHECK(tokens(sink.records[0], Counter::total) == 99);
  CHECK(sink.findings.empty());
}

TEST_CASE("a call with null usage is said and not counted as zero") {
  const RecordingSink sink = capture("null_usage.json");
  CHECK(sink.records.size() == 1);
  CHECK(sink.only(Rule::coverage).place.pointer == "/events/6/message");
  CHECK(sink.ignored_by.at("message without usage") == 1);
}

TEST_CASE("event_count must be the number of events") {
  const RecordingSink sink = capture("event_count_too_high.json");
  const Finding& finding = sink.only(Rule::count);
  CHECK(finding.asserted == 99);
  CHECK(finding.calculated == 9);
}

TEST_CASE("the final state must agree with message_end") {
  const RecordingSink sink = capture("state_disagrees.json");
  CHECK(sink.records.size() == 1);
  CHECK(sink.errors() == 2);
  CHECK(sink.findings[0].place.pointer == "/agent_state_messages/1/usage/output");
  CHECK(sink.findings[0].asserted == 5);
  CHECK(sink.findings[0].calculated == 4);
}

TEST_CASE("a call without message_end is taken from what shows it later, in the right place") {
  const RecordingSink sink = capture("first_message_end_missing.json");
  REQUIRE(sink.records.size() == 2);
  CHECK(tokens(sink.records[0], Counter::input) == 10);
  CHECK(tokens(sink.records[1], Counter::input) == 20);
  CHECK(sink.records[1].place.pointer == "/events/9/message/usage");
  CHECK(sink.only(Rule::coverage).severity == Severity::warning);
}

TEST_CASE("final_assistant counts when no event holds the call") {
  const RecordingSink sink = capture("only_final_assistant.json");
  REQUIRE(sink.records.size() == 1);
  CHECK(sink.records[0].place.pointer == "/final_assistant/usage");
  CHECK(sink.only(Rule::coverage).place.pointer == "/final_assistant");
}

TEST_CASE("a message that did not end has no usage that could be trusted") {
  const RecordingSink sink = capture("cut_while_streaming.json");
  CHECK(sink.records.empty());
  CHECK(sink.duplicates == 0);
  CHECK(sink.ignored_by.at("usage of a message that did not end") == 3);
  CHECK(sink.only(Rule::coverage).severity == Severity::warning);
}

TEST_CASE("a total that fits no meaning is refuted and leaves the input open") {
  const RecordingSink sink = capture("total_fits_no_meaning.json");
  REQUIRE(sink.records.size() == 1);
  CHECK(sink.only(Rule::identity).asserted == 111);
  CHECK(tokens(sink.records[0], Counter::input) == -1);
  CHECK(tokens(sink.records[0], Counter::output) == 10);
}

TEST_CASE("a negative number rejects the call, and its copies are no further fault") {
  const RecordingSink sink = capture("negative_input.json");
  CHECK(sink.records.empty());
  CHECK(sink.problems.size() == 1);
  CHECK(sink.errors() == 1);
}

}  // namespace
}  // namespace usagectl
