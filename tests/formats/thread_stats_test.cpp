#include "formats/recording_sink.hpp"

namespace usagectl {
namespace {

RecordingSink stats(const std::string& name) { return read_fixture("thread_stats/" + name); }

TEST_CASE("every thread of a snapshot is a running total in the series of its thread") {
  const RecordingSink sink = stats("consistent.json");
  REQUIRE(sink.records.size() == 2);
  CHECK(sink.records[0].role == Role::cumulative);
  CHECK(sink.records[0].time == "2025-07-31T22:13:20Z");
  CHECK(sink.snapshots.at(sink.records[1].unit).series == "thread:thread_b");
  CHECK(sink.snapshots.at(sink.records[1].unit).number == 1754000000500000);
  CHECK(sink.findings.empty());
  REQUIRE(sink.sum_claims.size() == 1);
  CHECK(sink.sum_claims[0].group == sink.records[0].parts_of[0]);
  CHECK(sink.sum_claims[0].numbers[0].asserted == 616);
}

TEST_CASE("a number of threads that are not listed is refuted") {
  const RecordingSink sink = stats("more_threads_claimed_than_listed.json");
  CHECK(sink.only(Rule::count).asserted == 3);
  CHECK(sink.only(Rule::count).calculated == 1);
  CHECK(sink.sum_claims[0].numbers[0].asserted == 1500);
}

TEST_CASE("a thread's total must be its input and output") {
  CHECK(stats("thread_total_wrong.json").only(Rule::identity).calculated == 800);
}

TEST_CASE("totals without a list of threads cannot be proved") {
  const RecordingSink sink = stats("without_threads.json");
  REQUIRE(sink.count_claims.size() == 1);
  CHECK(sink.count_claims[0].unprovable_when_empty);
  CHECK(sink.sum_claims.size() == 1);
  CHECK(sink.findings.empty());
}

TEST_CASE("an empty list of threads is a whole one") {
  const RecordingSink sink = stats("no_thread_yet.json");
  CHECK(sink.checks_held == 2);
  CHECK(sink.sum_claims.empty());
}

TEST_CASE("snapshots over time are read one a line or right behind each other") {
  for (const char* const name : {"growing.jsonl", "growing_without_line_ends.json"}) {
    const RecordingSink sink = stats(name);
    CHECK(sink.records.size() == 4);
    CHECK(sink.sum_claims.size() == 3);
    CHECK(sink.problems.empty());
  }
  CHECK(stats("growing.jsonl").records[3].place.line == 3);
}

TEST_CASE("a snapshot that is cut is rejected, the ones before it are kept") {
  const RecordingSink sink = stats("cut_at_end.jsonl");
  CHECK(sink.records.size() == 3);
  CHECK(sink.problems.size() == 1);
}

TEST_CASE("health claims totals whose parts it does not name") {
  const RecordingSink sink = read_fixture("thread_health/totals_without_parts.json");
  REQUIRE(sink.records.size() == 1);
  CHECK(sink.records[0].view.rank == View::kNeverCounted);
  REQUIRE(sink.count_claims.size() == 1);
  CHECK(sink.count_claims[0].unprovable_when_empty);
  CHECK(sink.sum_claims.size() == 1);
}

}  // namespace
}  // namespace usagectl
