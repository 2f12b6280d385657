#include "formats/reading_of.hpp"

namespace usagectl {
namespace {

Reading stream(const std::string& name) { return read_fixture("thread_stream/" + name); }

Count sum_of(const Reading& reading, Counter counter) {
  Count sum = 0;
  for (const UsageRecord& record : reading.records) sum += record.counts[counter].value_or(0);
  return sum;
}

TEST_CASE("a v1 stream tells where its thread stood, so every request is a difference") {
  const Reading reading = stream("v1_three_requests.sse");
  REQUIRE(reading.records.size() == 3);
  CHECK(reading.records[1].role == Role::request);
  CHECK(tokens(reading.records[1], Counter::input) == 150);
  CHECK(tokens(reading.records[1], Counter::requests) == 1);
  CHECK(reading.duplicates == 2);
  CHECK(reading.findings.empty());
}

TEST_CASE("the first value of a v2 stream is the running total so far") {
  const Reading reading = stream("v2_three_requests_crlf.sse");
  REQUIRE(reading.records.size() == 3);
  CHECK(reading.records[0].role == Role::cumulative);
  CHECK(reading.records[1].role == Role::request);
  CHECK(reading.records[0].unit == reading.records[2].unit);
  CHECK(reading.findings.empty());
}

TEST_CASE("both generations give the same total of a thread") {
  for (const Counter counter : {Counter::input, Counter::output, Counter::total}) {
    CHECK(sum_of(stream("v1_three_requests.sse"), counter) ==
          sum_of(stream("v2_three_requests_crlf.sse"), counter));
  }
}

TEST_CASE("a v1 stream of an old thread holds what the thread used before it") {
  const Reading reading = stream("v1_in_files/request_11.sse");
  REQUIRE(reading.records.size() == 2);
  CHECK(reading.records[0].role == Role::cumulative);
  CHECK(tokens(reading.records[0], Counter::total) == 280);
  CHECK(reading.records[1].role == Role::request);
  CHECK(sum_of(reading, Counter::total) == 440);
  REQUIRE(reading.snapshots.size() == 1);
  CHECK(reading.snapshots.begin()->second.series == "thread:thread_a");
  CHECK(reading.snapshots.begin()->second.starts_at->operator[](Counter::total) == 280);
}

TEST_CASE("a v3 stream has no usage, which is worth a note") {
  const Reading reading = stream("v3_without_usage.sse");
  CHECK(reading.records.empty());
  CHECK(reading.only(Rule::coverage).severity == Severity::note);
}

TEST_CASE("a stream cut before its usage is said") {
  const Reading reading = stream("cut_before_usage.sse");
  CHECK(reading.records.empty());
  CHECK(reading.only(Rule::coverage).severity == Severity::warning);
}

TEST_CASE("the last event counts without a blank line behind it") {
  CHECK(stream("no_blank_line_at_end.sse").records.size() == 1);
}

TEST_CASE("data over several lines and fields without a space are read, comments passed over") {
  const Reading reading = stream("multi_line_data.sse");
  REQUIRE(reading.records.size() == 1);
  CHECK(tokens(reading.records[0], Counter::total) == 7);
  CHECK(*scope_value(reading.records[0], "thread") == "thread_a");
}

TEST_CASE("a falling total begins a new snapshot, so that both parts count") {
  const Reading reading = stream("counter_reset.sse");
  REQUIRE(reading.records.size() == 3);
  CHECK(reading.records[0].unit != reading.records[1].unit);
  CHECK(reading.records[1].unit == reading.records[2].unit);
  CHECK(sum_of(reading, Counter::total) == 172);
}

TEST_CASE("a request that was not captured shows between two v1 streams") {
  const Reading reading = stream("request_not_captured.sse");
  const Finding& finding = reading.only(Rule::continuity);
  CHECK(finding.cause == "request-missing");
  CHECK(finding.difference() == 50);
  CHECK(sum_of(reading, Counter::total) == 280);
}

TEST_CASE("an end that tells twice what token_usage told is a double count") {
  const Reading reading = stream("counted_twice_at_end.sse");
  REQUIRE(reading.records.size() == 1);
  CHECK(tokens(reading.records[0], Counter::total) == 450);
  CHECK(reading.errors() == 3);
  CHECK(reading.findings[0].cause == "counted-twice");
}

}  // namespace
}  // namespace usagectl
