#include "formats/recording_sink.hpp"

namespace usagectl {
namespace {

RecordingSink stream(const std::string& name) { return read_fixture("thread_stream/" + name); }

Count sum_of(const RecordingSink& sink, Counter counter) {
  Count sum = 0;
  for (const UsageRecord& record : sink.records) sum += record.counts[counter].value_or(0);
  return sum;
}

TEST_CASE("a v1 stream tells where its thread stood, so every request is a difference") {
  const RecordingSink sink = stream("v1_three_requests.sse");
  REQUIRE(sink.records.size() == 3);
  CHECK(sink.records[1].role == Role::request);
  CHECK(tokens(sink.records[1], Counter::input) == 150);
  CHECK(tokens(sink.records[1], Counter::requests) == 1);
  CHECK(sink.duplicates == 2);
  CHECK(sink.findings.empty());
}

TEST_CASE("the first value of a v2 stream is the running total so far") {
  const RecordingSink sink = stream("v2_three_requests_crlf.sse");
  REQUIRE(sink.records.size() == 3);
  CHECK(sink.records[0].role == Role::cumulative);
  CHECK(sink.records[1].role == Role::request);
  CHECK(sink.records[0].unit == sink.records[2].unit);
  CHECK(sink.findings.empty());
}

TEST_CASE("both generations give the same total of a thread") {
  for (const Counter counter : {Counter::input, Counter::output, Counter::total}) {
    CHECK(sum_of(stream("v1_three_requests.sse"), counter) ==
          sum_of(stream("v2_three_requests_crlf.sse"), counter));
  }
}

TEST_CASE("a v1 stream of an old thread holds what the thread used before it") {
  const RecordingSink sink = stream("v1_in_files/request_11.sse");
  REQUIRE(sink.records.size() == 2);
  CHECK(sink.records[0].role == Role::cumulative);
  CHECK(tokens(sink.records[0], Counter::total) == 280);
  CHECK(sink.records[1].role == Role::request);
  CHECK(sum_of(sink, Counter::total) == 440);
  REQUIRE(sink.snapshots.size() == 1);
  CHECK(sink.snapshots.begin()->second.series == "thread:thread_a");
  CHECK(sink.snapshots.begin()->second.starts_at->operator[](Counter::total) == 280);
}

TEST_CASE("a v3 stream has no usage, which is worth a note") {
  const RecordingSink sink = stream("v3_without_usage.sse");
  CHECK(sink.records.empty());
  CHECK(sink.only(Rule::coverage).severity == Severity::note);
}

TEST_CASE("a stream cut before its usage is said") {
  const RecordingSink sink = stream("cut_before_usage.sse");
  CHECK(sink.records.empty());
  CHECK(sink.only(Rule::coverage).severity == Severity::warning);
}

TEST_CASE("the last event counts without a blank line behind it") {
  CHECK(stream("no_blank_line_at_end.sse").records.size() == 1);
}

TEST_CASE("data over several lines and fields without a space are read, comments passed over") {
  const RecordingSink sink = stream("multi_line_data.sse");
  REQUIRE(sink.records.size() == 1);
  CHECK(tokens(sink.records[0], Counter::total) == 7);
  CHECK(*scope_value(sink.records[0], "thread") == "thread_a");
}

TEST_CASE("a falling total begins a new snapshot, so that both parts count") {
  const RecordingSink sink = stream("counter_reset.sse");
  REQUIRE(sink.records.size() == 3);
  CHECK(sink.records[0].unit != sink.records[1].unit);
  CHECK(sink.records[1].unit == sink.records[2].unit);
  CHECK(sum_of(sink, Counter::total) == 172);
}

TEST_CASE("a request that was not captured shows between two v1 streams") {
  const RecordingSink sink = stream("request_not_captured.sse");
  const Finding& finding = sink.only(Rule::continuity);
  CHECK(finding.cause == "request-missing");
  CHECK(finding.difference() == 50);
  CHECK(sum_of(sink, Counter::total) == 280);
}

TEST_CASE("an end that tells twice what token_usage told is a double count") {
  const RecordingSink sink = stream("counted_twice_at_end.sse");
  REQUIRE(sink.records.size() == 1);
  CHECK(tokens(sink.records[0], Counter::total) == 450);
  CHECK(sink.errors() == 3);
  CHECK(sink.findings[0].cause == "counted-twice");
}

}  // namespace
}  // namespace usagectl
