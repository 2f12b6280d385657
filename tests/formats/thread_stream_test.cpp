#include "formats/reading_of.hpp"

namespace usagectl {
namespace {

FormatReading stream(const std::string& name) { return read_fixture("thread_stream/" + name); }

std::uint64_t requests_in(const FormatReading& reading) {
  std::uint64_t requests = 0;
  for (const UsageRecord& record : reading.records) {
    requests += record.running == Running::total && record.counts.has(Counter::requests) ? 1 : 0;
  }
  return requests;
}

TEST_CASE("a v1 stream tells where its thread stood before and after its request") {
  const FormatReading reading = stream("v1_three_requests.sse");
  REQUIRE(reading.records.size() == 6);
  CHECK(reading.records[0].running == Running::before_its_requests);
  CHECK(reading.records[1].running == Running::total);
  CHECK(reading.records[0].unit == reading.records[1].unit);
  CHECK(requests_in(reading) == 3);
  CHECK(reading.findings.empty());
}

TEST_CASE("a v2 stream tells where its thread stood after its request") {
  const FormatReading reading = stream("v2_three_requests_crlf.sse");
  REQUIRE(reading.records.size() == 3);
  CHECK(requests_in(reading) == 3);
  CHECK(reading.findings.empty());
}

TEST_CASE("all streams of a thread are one series") {
  const FormatReading reading = stream("v1_in_files/request_11.sse");
  REQUIRE(reading.snapshots.size() == 1);
  CHECK(reading.snapshots.begin()->second.series == "thread:thread_a");
}

TEST_CASE("a v3 stream has no usage, which is worth a note") {
  const FormatReading reading = stream("v3_without_usage.sse");
  CHECK(reading.records.empty());
  CHECK(reading.only(Rule::coverage).severity == Severity::note);
}

TEST_CASE("a stream cut before its usage is said") {
  const FormatReading reading = stream("cut_before_usage.sse");
  CHECK(reading.records.empty());
  CHECK(reading.only(Rule::coverage).severity == Severity::warning);
}

TEST_CASE("the last event counts without a blank line behind it") {
  CHECK(requests_in(stream("no_blank_line_at_end.sse")) == 1);
}

TEST_CASE("data over several lines and fields without a space are read, comments passed over") {
  const FormatReading reading = stream("multi_line_data.sse");
  REQUIRE(reading.records.size() == 1);
  CHECK(tokens(reading.records[0], Counter::total) == 7);
  CHECK(*scope_value(reading.records[0], "thread") == "thread_a");
}

TEST_CASE("a finding stands where it belongs, also after a stream that failed") {
  const FormatReading reading = read_as_file(
      "data: {\"type\": \"thread_info\", \"thread_id\": \"a\"}\n\n"
      "data: {\"type\": \"error\"}\n\n"
      "data: {\"type\": \"thread_info\", \"thread_id\": \"b\", \"token_usage\": "
      "{\"input_tokens\": 5, \"output_tokens\": 1, \"total_tokens\": 7}}\n\n",
      "log.sse");
  CHECK(reading.only(Rule::identity).place.line == 5);
}

TEST_CASE("a stream that is cut inside an event is not read to its end") {
  const FormatReading reading = read_as_file(
      "data: {\"type\": \"thread_info\", \"thread_id\": \"a\"}\n\ndata: {\"type\": \"strea",
      "log.sse");
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems[0] == "the file ends inside an event");
}

std::string begins(const std::string& thread, int total) {
  return "data: {\"type\": \"thread_info\", \"thread_id\": \"" + thread +
         "\", \"token_usage\": {\"total_tokens\": " + std::to_string(total) + "}}\n\n";
}
std::string ends(int total) {
  return "data: {\"type\": \"stream_complete\", \"token_usage\": {\"total_tokens\": " +
         std::to_string(total) + "}}\n\n";
}

TEST_CASE("ends of two streams at once go to the threads that leave no total falling") {
  const FormatReading reading =
      read_as_file(begins("a", 500) + begins("b", 300) + ends(600) + ends(350), "log.sse");
  REQUIRE(reading.records.size() == 4);
  for (const UsageRecord& record : reading.records) {
    if (record.running != Running::total) continue;
    CHECK(*scope_value(record, "thread") == (tokens(record, Counter::total) == 600 ? "a" : "b"));
  }
}

TEST_CASE("ends of two streams at once that fit either thread are rejected") {
  const FormatReading reading =
      read_as_file(begins("a", 300) + begins("b", 300) + ends(600) + ends(350), "log.sse");
  CHECK(requests_in(reading) == 0);
  CHECK(reading.problems.size() == 2);
}

TEST_CASE("an end belongs to the stream that began last when the one before it was cut") {
  const FormatReading reading = read_as_file(
      begins("a", 10) + begins("b", 20) + ends(50) + begins("c", 30) + ends(70), "log.sse");
  REQUIRE(requests_in(reading) == 2);
  CHECK(*scope_value(reading.records[3], "thread") == "b");
  CHECK(*scope_value(reading.records[4], "thread") == "c");
}

TEST_CASE("an end that tells twice what token_usage told is a double count") {
  const FormatReading reading = stream("counted_twice_at_end.sse");
  REQUIRE(requests_in(reading) == 1);
  CHECK(tokens(reading.records.back(), Counter::total) == 450);
  CHECK(reading.errors() == 3);
  CHECK(reading.findings[0].cause == "counted-twice");
}

}  // namespace
}  // namespace usagectl
