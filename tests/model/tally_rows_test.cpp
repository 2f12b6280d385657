#include "model/tally_rows.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace usagectl;

namespace {

bool are_same(const Tally& a, const Tally& b) {
  return a.records == b.records && a.sums == b.sums && a.known == b.known && a.open == b.open &&
         a.costs.records() == b.costs.records();
}

Counts counts_of(Counter counter, Count count) {
  Counts counts;
  counts.set(counter, count);
  return counts;
}

/// Some counters known, some open; some so large that a few of them need more than 64 bits.
Counts any_counts(std::mt19937& random) {
  Counts counts;
  for (const Counter counter : kCounters) {
    const auto what = random() % 5;
    if (what == 0) counts.leave_open(counter);
    if (what == 1) counts.set(counter, static_cast<Count>(random() % 1000));
    if (what == 2) counts.set(counter, kLargestCount);
  }
  return counts;
}

CostOfRecord any_cost(std::mt19937& random) {
  if (random() % 3 != 0) return {};
  return std::make_shared<const Cost>(Cost{*read_amount("0.25"), Currency("USD"), "cost"});
}

}  // namespace

TEST_CASE("rows hold what tallies hold, whatever is added, taken back and merged") {
  std::mt19937 random(7);
  constexpr std::size_t kGroups = 12;
  std::vector<Tally> tallies(kGroups);
  TallyRows rows;
  for (std::size_t i = 0; i < kGroups; ++i) rows.add_row();
  for (int round = 0; round < 2000; ++round) {
    const auto group = static_cast<TallyRows::Row>(random() % kGroups);
    const Counts counts = any_counts(random);
    const CostOfRecord cost = any_cost(random);
    rows.add(group, counts, cost);
    tallies[group].add(counts, cost);
    if (random() % 3 == 0) {
      rows.remove(group, counts, cost);
      tallies[group].remove(counts, cost);
    }
    if (random() % 10 == 0) {
      const auto other = random() % kGroups;
      rows.merge(group, tallies[other]);
      tallies[group].merge(Tally(tallies[other]));
    }
    CHECK(are_same(rows[group], tallies[group]));
  }
  for (std::size_t i = 0; i < kGroups; ++i)
    CHECK(are_same(rows[static_cast<TallyRows::Row>(i)], tallies[i]));
}

TEST_CASE("a counter that is met late was known by no record before") {
  TallyRows rows;
  rows.add_row();
  rows.add(0, counts_of(Counter::input, 5));
  rows.add(rows.add_row(), counts_of(Counter::output, 7));
  CHECK(rows[0].known_of(Counter::output) == 0);
  CHECK(rows[0].known_of(Counter::input) == 1);
  CHECK(rows[1].known_of(Counter::input) == 0);
  CHECK(rows[1].sum_of(Counter::output) == 7);
}

TEST_CASE("a group takes eight bytes for its records and for each counter that all of them know") {
  TallyRows rows;
  constexpr std::size_t kGroups = 1024;
  for (std::size_t i = 0; i < kGroups; ++i) {
    Counts counts = counts_of(Counter::input, 5);
    counts.set(Counter::output, 7);
    rows.add(rows.add_row(), counts);
  }
  CHECK(rows.bytes() <= 2 * kGroups * 3 * 8);  // twice, as vectors grow
}

TEST_CASE("rows that are kept are numbered anew, with their costs") {
  TallyRows rows;
  const auto cost = std::make_shared<const Cost>(Cost{*read_amount("1"), Currency("USD"), "cost"});
  rows.add(rows.add_row(), counts_of(Counter::input, 1), cost);
  rows.add(rows.add_row(), counts_of(Counter::input, 2), cost);
  rows.add(rows.add_row(), counts_of(Counter::input, 3));
  rows.keep({1, 2});
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].sum_of(Counter::input) == 2);
  CHECK(rows[0].costs.records() == 1);
  CHECK(rows[1].sum_of(Counter::input) == 3);
  CHECK(rows[1].costs.empty());
}
