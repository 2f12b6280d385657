#include "formats/reading_of.hpp"

namespace usagectl {
namespace {

const std::string* session_of(const UsageRecord& record) { return scope_value(record, "session"); }

TEST_CASE("snapshots of a Gemini message are reports of one call in its session") {
  const FormatReading reading = read_fixture("gemini_session/session_in_lines.jsonl");
  REQUIRE(reading.records.size() == 5);
  CHECK(reading.records[0].id == reading.records[1].id);
  CHECK(reading.records[0].same_id == SameId::growth);
  CHECK(reading.records[0].id_space == "made-up-gemini-2");
  CHECK(tokens(reading.records[1], Counter::output) == 50);
  CHECK(reading.records[3].place.pointer == "/$set/messages/1/tokens");
}

TEST_CASE("the total of a Gemini message shows an input that is told without its cache") {
  const FormatReading reading = read_fixture("gemini_session/input_without_cache.json");
  REQUIRE(reading.records.size() == 1);
  CHECK(tokens(reading.records[0], Counter::input) == 100);
  CHECK(tokens(reading.records[0], Counter::total) == 155);
  CHECK(reading.findings.empty());
  CHECK(read_fixture("gemini_session/total_is_not_the_sum.json").only(Rule::identity).calculated ==
        155);
}

TEST_CASE("the sums of a Gemini session count by model, and hide what only the total holds") {
  const FormatReading by_model = read_fixture("gemini_stats/result.json");
  REQUIRE(by_model.records.size() == 2);
  CHECK(by_model.records[0].model == "made-up-pro");
  CHECK(tokens(by_model.records[0], Counter::requests) == 2);
  const FormatReading hidden = read_fixture("gemini_stats/thoughts_stand_in_the_total_alone.jsonl");
  REQUIRE(hidden.records.size() == 1);
  CHECK_FALSE(hidden.records[0].counts.has(Counter::output));
  CHECK(tokens(hidden.records[0], Counter::unexplained) == 35);
  CHECK(
      read_fixture("gemini_stats/total_less_than_its_parts.jsonl").only(Rule::identity).asserted ==
      90);
}

TEST_CASE("a message of opencode knows its session, provider and time") {
  const FormatReading reading =
      read_fixture("opencode_message/storage/message/ses_made_up/msg_2.json");
  REQUIRE(reading.records.size() == 1);
  CHECK(*session_of(reading.records[0]) == "ses_made_up");
  CHECK(*scope_value(reading.records[0], "provider") == "made-up-provider");
  CHECK(reading.records[0].time == "2026-03-01T09:30:00.123Z");
  CHECK(tokens(reading.records[0], Counter::input) == 1300);
}

TEST_CASE("opencode's total says whether output holds the reasoning, nothing else does") {
  const std::string folder = "opencode_message/storage/message/ses_made_up/";
  CHECK(tokens(read_fixture(folder + "msg_3_reasoning_beside_output.json").records[0],
               Counter::output) == 550);
  CHECK(tokens(read_fixture(folder + "msg_4_reasoning_inside_or_beside.json").records[0],
               Counter::output) == -1);
}

TEST_CASE("steps of an opencode message count where the message is not told") {
  const FormatReading part = read_fixture("opencode_message/storage/part/msg_2/prt_1.json");
  REQUIRE(part.records.size() == 1);
  CHECK(part.records[0].id == "msg_2");
  CHECK(read_fixture("opencode_message/export.json").records.size() == 1);
}

TEST_CASE("a fork of a pi session has the entries of its parent under the same ids") {
  const FormatReading parent = read_fixture("pi_session/session.jsonl");
  const FormatReading fork = read_fixture("pi_session/fork.jsonl");
  const FormatReading other = read_fixture("pi_session/same_short_id.jsonl");
  CHECK(parent.records[0].id == fork.records[0].id);
  CHECK(parent.records[0].second_id == fork.records[0].second_id);
  CHECK(parent.records[0].id == other.records[0].id);
  CHECK(parent.records[0].second_id != other.records[0].second_id);
}

TEST_CASE("whether pi keeps the cache inside the input of Google's models, the total says") {
  const FormatReading reading = read_fixture("pi_session/google.jsonl");
  REQUIRE(reading.records.size() == 3);
  CHECK(tokens(reading.records[0], Counter::input) == 100);
  CHECK(tokens(reading.records[1], Counter::input) == 100);
  CHECK(tokens(reading.records[2], Counter::input) == -1);
  CHECK(reading.findings.empty());
}

TEST_CASE("the ledger of an Amp thread repeats its messages, and adds what they do not tell") {
  const FormatReading reading = read_fixture("amp_thread/thread.json");
  CHECK(reading.records.size() == 2);
  CHECK(reading.duplicates == 1);
  CHECK_FALSE(reading.records[1].counts.has(Counter::input));
  CHECK(read_fixture("amp_thread/ledger_disagrees.json").only(Rule::identity).asserted == 25);
}

TEST_CASE("a Goose session counts its accumulated sums, not those of its last call") {
  const FormatReading reading = read_fixture("goose_session/session.jsonl");
  REQUIRE(reading.records.size() == 1);
  CHECK(tokens(reading.records[0], Counter::total) == 500);
  CHECK(reading.records[0].role == Role::cumulative);
  CHECK(read_fixture("goose_session/without_usage.jsonl").records.empty());
}

TEST_CASE("a status of Kimi CLI that is told again has the id of its answer") {
  const FormatReading reading = read_fixture("kimi_wire/wire.jsonl");
  REQUIRE(reading.records.size() == 3);
  CHECK(reading.records[0].id == reading.records[1].id);
  CHECK(reading.records[0].time == "2026-03-01T09:30:01Z");
}

TEST_CASE("attributes of spans count, as a list or as an object, as numbers or as text") {
  const FormatReading listed = read_fixture("otel_spans/otlp.json");
  REQUIRE(listed.records.size() == 2);  // the agent's span sums them up
  CHECK(tokens(listed.records[0], Counter::input) == 39);
  CHECK(tokens(listed.records[1], Counter::input) == 28);
  CHECK(listed.records[0].time == "2026-03-01T09:30:00Z");
  CHECK(listed.records[0].model == "made-up-model");
  const FormatReading flat = read_fixture("otel_spans/a_span_a_line.jsonl");
  REQUIRE(flat.records.size() == 4);
  CHECK(flat.records[0].id == flat.records[1].id);
  CHECK(tokens(flat.records[2], Counter::input) == 108);  // 80 of the cache do not fit in 28
}

TEST_CASE("the span of an agent counts where no call of it has one") {
  const FormatReading reading = read_fixture("otel_spans/agent_alone.jsonl");
  REQUIRE(reading.records.size() == 1);
  CHECK(reading.records[0].role == Role::aggregate);
}

TEST_CASE("attributes that are no counts are rejected") {
  const FormatReading reading = read_fixture("otel_spans/counts_that_are_none.jsonl");
  CHECK(reading.records.empty());
  CHECK(reading.errors() == 4);
}

TEST_CASE("generations of Langfuse count by their details") {
  const FormatReading reading = read_fixture("langfuse_observations/observations.jsonl");
  REQUIRE(reading.records.size() == 2);
  CHECK(tokens(reading.records[1], Counter::input) == 90);
  CHECK(tokens(reading.records[1], Counter::output) == 25);
  CHECK(reading.only(Rule::coverage).severity == Severity::warning);
  CHECK(read_fixture("langfuse_observations/trace.json").records.size() == 1);
  CHECK(read_fixture("langfuse_observations/snake_case.jsonl").records[0].model == "made-up-model");
  CHECK(read_fixture("langfuse_observations/older_usage_disagrees.jsonl").errors() == 2);
}

TEST_CASE("spend logs of LiteLLM know the cache from their usage object") {
  const FormatReading reading = read_fixture("litellm_spend/logs.jsonl");
  REQUIRE(reading.records.size() == 4);
  CHECK(tokens(reading.records[0], Counter::cache_read) == 60);
  CHECK(tokens(reading.records[1], Counter::cache_read) == -1);
  CHECK(tokens(reading.records[2], Counter::cache_read) == 60);  // the metadata are text
  CHECK(reading.records[3].id == reading.records[0].id);
  CHECK(reading.ignored_by.size() == 2);
  CHECK(read_fixture("litellm_spend/row_disagrees.json").errors() == 2);
}

TEST_CASE("buckets of a usage report know their requests and their time") {
  const FormatReading reading = read_fixture("usage_buckets/openai.jsonl");
  REQUIRE(reading.records.size() == 4);
  CHECK(tokens(reading.records[0], Counter::requests) == 5);
  CHECK(reading.records[2].time == "2026-03-02T00:00:00Z");
  CHECK(tokens(read_fixture("usage_buckets/anthropic_page.json").records[0], Counter::input) ==
        530);
  CHECK(read_fixture("usage_buckets/cached_exceeds_input.jsonl").errors() == 1);
}

TEST_CASE("a call whose numbers appear twice at once is counted twice, and said") {
  const FormatReading reading = read_fixture("usage_lines/call_logged_twice.jsonl");
  CHECK(reading.records.size() == 3);
  CHECK(reading.only(Rule::duplicate).severity == Severity::warning);
  CHECK(reading.only(Rule::duplicate).place.line == 2);
}

}  // namespace
}  // namespace usagectl
