#include "ledger/series/snapshot_series.hpp"

#include <doctest/doctest.h>

#include "analysis/reconcile.hpp"
#include "analysis/summarize.hpp"
#include "ledger/read_captures.hpp"

namespace usagectl {
namespace {

std::vector<std::string> fixtures(std::initializer_list<std::string> names) {
  std::vector<std::string> paths;
  for (const auto& name : names) paths.push_back(USAGECTL_SOURCE_DIR "/testdata/formats/" + name);
  return paths;
}

SummaryReport summary_of(std::initializer_list<std::string> names) {
  Books books = read_captures(fixtures(names), summary_question({"thread"}), {});
  return summarize(books, {"thread"});
}

ReconcileReport report_of(std::initializer_list<std::string> names) {
  Books books = read_captures(fixtures(names), reconcile_question(), {});
  return reconcile(books);
}

TEST_CASE("streams of one thread in several files give the same total in both generations") {
  CHECK(summary_of({"thread_stream/v1_in_files"}).total.sum_of(Counter::total) == 440);
  CHECK(summary_of({"thread_stream/v2_in_files"}).total.sum_of(Counter::total) == 440);
  CHECK(report_of({"thread_stream/v1_in_files"}).verdict == Verdict::pass);
  CHECK(report_of({"thread_stream/v2_in_files"}).verdict == Verdict::pass);
}

TEST_CASE("a thread that starts at 0 again was reset, even when it then uses more than before") {
  CHECK(summary_of({"thread_stream/restart_in_files"}).total.sum_of(Counter::total) == 660);
  const ReconcileReport report = report_of({"thread_stream/restart_in_files"});
  CHECK(report.verdict == Verdict::fail);
  CHECK(report.findings.front().rule == Rule::continuity);
  CHECK(report.findings.front().cause == "counter-reset");
}

TEST_CASE("every v1 stream of a thread is a request, in whatever file it stands") {
  CHECK(summary_of({"thread_stream/v1_in_files"}).total.sum_of(Counter::requests) == 3);
}

TEST_CASE(
    "a snapshot over time tells what its threads used since the one before it, whatever the file "
    "order") {
  for (const char* const name : {"thread_stats/days.jsonl", "thread_stats/days_in_files"}) {
    CAPTURE(name);
    Books by_day = read_captures(fixtures({name}), summary_question({"day"}), {});
    const SummaryReport days = summarize(by_day, {"day"});
    REQUIRE(days.main.groups.size() == 3);
    CHECK(days.main.groups[0].tally.sum_of(Counter::total) == 3);
    CHECK(days.main.groups[1].tally.sum_of(Counter::total) ==
          27 + 10);  // thread_b is new: it began at 0
    CHECK(days.main.groups[2].tally.sum_of(Counter::total) == 2 + 3);
    Question since = summary_question({"thread"});
    since.time.since = "2025-08-02";
    Books last_day = read_captures(fixtures({name}), std::move(since), {});
    CHECK(summarize(last_day, {"thread"}).total.sum_of(Counter::total) == 5);
    CHECK(report_of({name}).verdict == Verdict::pass);
  }
}

TEST_CASE("a snapshot from the middle of a stream without times adds nothing to it") {
  const SummaryReport report =
      summary_of({"thread_stream/v1_in_files", "thread_stats/consistent.json"});
  CHECK(report.main.groups[0].tally.sum_of(Counter::total) == 440);
}

TEST_CASE("of snapshots over time the growth of each thread counts") {
  const SummaryReport report = summary_of({"thread_stats/growing.jsonl"});
  REQUIRE(report.main.groups.size() == 2);
  CHECK(report.main.groups[0].tally.sum_of(Counter::total) == 36);
  CHECK(report.main.groups[1].tally.sum_of(Counter::total) == 10);
}

TEST_CASE("a snapshot that fell is a reset, and both parts count") {
  CHECK(summary_of({"thread_stats/thread_b_was_reset.jsonl"}).total.sum_of(Counter::total) ==
        36 + 10 + 2);
  CHECK(report_of({"thread_stats/thread_b_was_reset.jsonl"}).verdict == Verdict::fail);
}

TEST_CASE(
    "snapshots with and without a time are one series, and no order is invented between them") {
  // thread_a stood at 110, 280 and 440 in the streams and at 66 in the snapshot, which came first
  // then.
  const auto names = {std::string("thread_stream/v2_in_files"),
                      std::string("thread_stats/consistent.json")};
  CHECK(summary_of(names).main.groups[0].tally.sum_of(Counter::total) == 440);
  CHECK(report_of(names).verdict == Verdict::pass);
}

TEST_CASE("claims of a snapshot are refuted by the threads it lists") {
  const ReconcileReport report = report_of({"thread_stats/more_threads_claimed_than_listed.json"});
  CHECK(report.findings.size() == 2);
  CHECK(report.verdict == Verdict::fail);
  CHECK(report_of({"thread_stats/consistent.json"}).verdict == Verdict::pass);
  CHECK(report_of({"thread_health/totals_without_parts.json"}).verdict == Verdict::unprovable);
}

TEST_CASE("a parity summary is checked against the captures it names") {
  const ReconcileReport report = report_of({"tinyagent_parity/with_captures"});
  // python_event_count, and output and total of python_usage.
  REQUIRE(report.findings.size() == 3);
  CHECK(report.findings[0].rule != report.findings[2].rule);
  for (const Finding& finding : report.findings) CHECK(finding.severity == Severity::error);
}

}  // namespace
}  // namespace usagectl
