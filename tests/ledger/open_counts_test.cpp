#include "ledger/calls/open_counts.hpp"

#include <doctest/doctest.h>

using namespace usagectl;

namespace {

UsageRecord record(Count input, Count cache_read) {
  UsageRecord record;
  record.dialect = "log.plain";
  record.given.set(Counter::input, input);
  record.given.set(Counter::cache_read, cache_read);
  record.counts.set(Counter::cache_read, cache_read);
  return record;
}

UsageRecord open(Count input, Count cache_read) {
  UsageRecord open = record(input, cache_read);
  open.counts.leave_open_by_place(Counter::input);
  return open;
}

UsageRecord settled(Count input, Count cache_read, Count whole_input) {
  UsageRecord settled = record(input, cache_read);
  settled.counts.set(Counter::input, whole_input);
  return settled;
}

struct Counted {
  TallyRows rows;
  OpenCounts::TallyOfGroup tally{&rows, rows.add_row()};
  OpenCounts counts;
  std::vector<Finding> findings;

  void count(const UsageRecord& record) {
    rows.add(tally.row, record.counts);
    counts.counted(record, 0, tally);
  }
  void settle() {
    counts.settle([this](Finding&& finding) { findings.push_back(std::move(finding)); },
                  [](std::uint32_t, const Counts&) {});
  }
};

}  // namespace

TEST_CASE("an open input makes the sum unknown, and is told") {
  Counted counted;
  counted.count(open(100, 40));
  counted.count(record(50, 0));
  counted.settle();
  CHECK_FALSE(counted.rows[counted.tally.row].sum_of(Counter::input));
  REQUIRE(counted.findings.size() == 1);
  CHECK(counted.findings.front().cause == "meaning-undetermined");
}

TEST_CASE("an input that is open is settled by the others of its file") {
  Counted counted;
  counted.count(open(100, 40));
  counted.count(settled(5, 60, 65));
  counted.settle();
  CHECK(counted.rows[counted.tally.row].sum_of(Counter::input) == Count(140 + 65));
  CHECK(counted.findings.empty());
}

TEST_CASE("others that show both places settle nothing") {
  Counted counted;
  counted.count(open(100, 40));
  counted.count(settled(5, 60, 65));
  counted.count(settled(70, 60, 70));
  counted.settle();
  CHECK_FALSE(counted.rows[counted.tally.row].sum_of(Counter::input));
}

TEST_CASE("a record that was taken back is settled no more") {
  Counted counted;
  const UsageRecord first = open(100, 40);
  counted.count(first);
  counted.rows.remove(counted.tally.row, first.counts);
  counted.counts.taken_back(first.counts, counted.tally);
  counted.settle();
  CHECK(counted.findings.empty());
}
