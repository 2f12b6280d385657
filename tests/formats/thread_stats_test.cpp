#include "formats/reading_of.hpp"

namespace usagectl {
namespace {

FormatReading stats(const std::string& name) { return read_fixture("thread_stats/" + name); }

TEST_CASE("every thread of a snapshot is a running total in the series of its thread") {
  const FormatReading reading = stats("consistent.json");
  REQUIRE(reading.records.size() == 2);
  CHECK(reading.records[0].role == Role::cumulative);
  CHECK(reading.records[0].time == "2025-07-31T22:13:20Z");
  CHECK(reading.snapshots.at(reading.records[1].unit).series == "thread:thread_b");
  CHECK(reading.snapshots.at(reading.records[1].unit).number == 1754000000500000);
  CHECK(reading.findings.empty());
  REQUIRE(reading.sum_claims.size() == 1);
  CHECK(reading.sum_claims[0].group == reading.records[0].parts_of[0]);
  CHECK(reading.sum_claims[0].numbers[0].asserted == 616);
}

TEST_CASE("a number of threads that are not listed is refuted") {
  const FormatReading reading = stats("more_threads_claimed_than_listed.json");
  CHECK(reading.only(Rule::count).asserted == 3);
  CHECK(reading.only(Rule::count).calculated == 1);
  CHECK(reading.sum_claims[0].numbers[0].asserted == 1500);
}

TEST_CASE("a thread's total must be its input and output") {
  CHECK(stats("thread_total_wrong.json").only(Rule::identity).calculated == 800);
}

TEST_CASE("totals without a list of threads cannot be proved") {
  const FormatReading reading = stats("without_threads.json");
  REQUIRE(reading.count_claims.size() == 1);
  CHECK(reading.count_claims[0].unprovable_when_empty);
  CHECK(reading.sum_claims.size() == 1);
  CHECK(reading.findings.empty());
}

TEST_CASE("an empty list of threads is a whole one") {
  const FormatReading reading = stats("no_thread_yet.json");
  CHECK(reading.checks_held == 2);
  CHECK(reading.sum_claims.empty());
}

TEST_CASE("snapshots over time are read one a line or right behind each other") {
  for (const char* const name : {"growing.jsonl", "growing_without_line_ends.json"}) {
    const FormatReading reading = stats(name);
    CHECK(reading.records.size() == 4);
    CHECK(reading.sum_claims.size() == 3);
    CHECK(reading.problems.empty());
  }
  CHECK(stats("growing.jsonl").records[3].place.line == 3);
}

TEST_CASE("a snapshot that is cut is rejected, the ones before it are kept") {
  const FormatReading reading = stats("cut_at_end.jsonl");
  CHECK(reading.records.size() == 3);
  CHECK(reading.problems.size() == 1);
}

TEST_CASE("health claims totals whose parts it does not name") {
  const FormatReading reading = read_fixture("thread_health/totals_without_parts.json");
  REQUIRE(reading.records.size() == 1);
  CHECK(reading.records[0].view.rank == View::kNeverCounted);
  REQUIRE(reading.count_claims.size() == 1);
  CHECK(reading.count_claims[0].unprovable_when_empty);
  CHECK(reading.sum_claims.size() == 1);
}

}  // namespace
}  // namespace usagectl
