#include "formats/reading_of.hpp"

namespace usagectl {
namespace {

FormatReading transcript(const std::string& name) {
  return read_fixture("claude_transcript/" + name);
}
FormatReading stream(const std::string& name) { return read_fixture("claude_stream/" + name); }

std::size_t results_in(const FormatReading& reading) {
  std::size_t results = 0;
  for (const UsageRecord& record : reading.records)
    results += record.role == Role::aggregate ? 1 : 0;
  return results;
}

TEST_CASE("every line of a message is a report of the same call") {
  const FormatReading reading = transcript("one_line_a_block.jsonl");
  REQUIRE(reading.records.size() == 4);
  CHECK(reading.records[0].id == reading.records[2].id);
  CHECK(reading.records[0].same_id == SameId::growth);
  CHECK(tokens(reading.records[2], Counter::output) == 240);
  CHECK(tokens(reading.records[2], Counter::input) == 6803);
  CHECK(*scope_value(reading.records[0], "session") == "made-up-one-line-a-block");
}

TEST_CASE("a sidechain is told from its parent by the ids of its messages alone") {
  const FormatReading reading = transcript("sidechain_repeats_parent.jsonl");
  REQUIRE(reading.records.size() == 3);
  CHECK_FALSE(reading.records[0].second_id.empty());
  CHECK(reading.records[1].second_id.empty());
  CHECK(reading.records[0].id == reading.records[1].id);
}

TEST_CASE("what a helper has said counts where it is told to its session") {
  const FormatReading reading = transcript("progress.jsonl");
  REQUIRE(reading.records.size() == 2);
  CHECK(reading.records[0].model == "made-up-haiku");
  CHECK(reading.records[0].place.pointer == "/data/message/message/usage");
}

TEST_CASE("usage in the input or the result of a tool is none of the session's own") {
  CHECK(transcript("usage_in_tool_results.jsonl").records.size() == 1);
}

TEST_CASE("however a line is spelled, its usage is read") {
  const FormatReading reading = transcript("spelled_otherwise.jsonl");
  REQUIRE(reading.records.size() == 2);
  CHECK(tokens(reading.records[0], Counter::output) == 10);
}

TEST_CASE("a usage that is no count is rejected with its reason") {
  const FormatReading reading = transcript("odd_usages.jsonl");
  CHECK(reading.records.size() == 2);
  CHECK(reading.problems.size() == 6);
  CHECK(reading.errors() == 6);
}

TEST_CASE("messages and the result of a run are two views of one unit") {
  for (const char* const name : {"run.jsonl", "run_as_list.json"}) {
    CAPTURE(name);
    const FormatReading reading = stream(name);
    CHECK(reading.units == 1);
    REQUIRE(reading.records.size() == 6);
    CHECK(results_in(reading) == 2);
    CHECK(reading.records.back().view.rank < reading.records.front().view.rank);
    CHECK(reading.findings.empty());
    CHECK(reading.checks_held > 0);
  }
}

TEST_CASE("a process sums up its turns, and another process begins at 0") {
  CHECK(results_in(stream("two_turns_of_a_process.jsonl")) == 2);
  CHECK(results_in(stream("two_processes.jsonl")) == 3);
  CHECK(results_in(stream("results_of_many_runs.jsonl")) == 3);
}

TEST_CASE("a result that tells less than its messages is refuted") {
  const FormatReading reading = stream("result_tells_less.jsonl");
  CHECK(reading.errors() == 7);
  CHECK(reading.findings.front().rule == Rule::sum);
}

TEST_CASE("a run that was cut before its result is said to be") {
  CHECK(stream("cut_before_the_result.jsonl").only(Rule::coverage).severity == Severity::warning);
}

TEST_CASE("the pieces of a message tell its final output") {
  const FormatReading reading = stream("with_pieces.jsonl");
  REQUIRE(reading.records.size() == 2);
  CHECK(reading.records[0].id == reading.records[1].id);
  CHECK(tokens(reading.records[1], Counter::output) == 240);
}

TEST_CASE("a result without modelUsage tells the output of messages that had only begun") {
  const FormatReading reading = stream("old_result.jsonl");
  REQUIRE(reading.records.size() == 2);
  CHECK(reading.records[1].view.name == "result");
  CHECK(tokens(reading.records[1], Counter::output) == 240);
}

TEST_CASE("a result without modelUsage counts where nothing else is told") {
  CHECK(stream("old_result_alone.jsonl").records.size() == 2);
}

TEST_CASE("counts beside a message that has no usage are those of its call") {
  const FormatReading reading = read_as_file(
      R"({"type":"user","uuid":"a","message":{"content":"hello"}})"
      "\n"
      R"({"type":"assistant","uuid":"b","message":{"content":"hi","model":"m"},"costUSD":0.05,"inputTokens":200,"outputTokens":100,"cacheReadInputTokens":50})"
      "\n",
      "session.jsonl");
  REQUIRE(reading.records.size() == 1);
  CHECK(tokens(reading.records[0], Counter::input) == 250);
  CHECK(tokens(reading.records[0], Counter::output) == 100);
}

}  // namespace
}  // namespace usagectl
