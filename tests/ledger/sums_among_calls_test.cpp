#include "ledger/calls/sums_among_calls.hpp"

#include <doctest/doctest.h>

#include <utility>
#include <vector>

namespace usagectl {
namespace {

using Rows = std::vector<std::pair<Count, Count>>;

SumsAmongCalls sums_in(const Rows& rows) {
  SumsAmongCalls sums;
  std::uint64_t line = 0;
  for (const auto& [input, output] : rows) {
    UsageRecord call;
    call.counts.set(Counter::input, input);
    call.counts.set(Counter::output, output);
    call.place.line = ++line;
    sums.add(call);
  }
  return sums;
}

std::uint64_t line_of(const std::optional<Place>& place) { return place ? place->line : 0; }

std::uint64_t line_of_first(const Rows& rows) { return line_of(sums_in(rows).first()); }

std::uint64_t line_of_others(const Rows& rows) {
  return line_of(sums_in(rows).first_of_other_groups());
}

/// Calls of so many groups, a few each, none like another.
Rows calls_of(std::size_t groups, std::size_t each) {
  Rows rows;
  for (std::size_t i = 0; i < groups * each; ++i)
    rows.emplace_back(500 + static_cast<Count>(i * 7919 % 1009),
                      20 + static_cast<Count>(i * 104729 % 307));
  return rows;
}

Rows sums_of(const Rows& calls, std::size_t each) {
  Rows sums;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    if (i % each == 0) sums.emplace_back(0, 0);
    sums.back().first += calls[i].first;
    sums.back().second += calls[i].second;
  }
  return sums;
}

Rows operator+(Rows one, const Rows& other) {
  one.insert(one.end(), other.begin(), other.end());
  return one;
}

}  // namespace

TEST_CASE("sums of groups behind all calls are found, whatever tells the groups apart") {
  for (const std::size_t groups : {2U, 3U, 300U, 1000U, 16000U}) {
    CAPTURE(groups);
    const Rows calls = calls_of(groups, 3);
    CHECK(line_of_first(calls + sums_of(calls, 3)) == calls.size() + 1);
  }
}

TEST_CASE("the sum of all calls is found wherever it stands") {
  const Rows calls = calls_of(20, 1);
  const Rows sum = sums_of(calls, calls.size());
  for (std::size_t before = 0; before <= calls.size(); ++before) {
    CAPTURE(before);
    const auto place = calls.begin() + static_cast<std::ptrdiff_t>(before);
    CHECK(line_of_first(Rows(calls.begin(), place) + sum + Rows(place, calls.end())) == before + 1);
  }
}

TEST_CASE("a large call among a few is no sum") {
  CHECK(line_of_first({{900, 90}, {600, 60}, {300, 30}}) == 0);
  CHECK(line_of_first({{900, 90}, {500, 60}, {300, 30}, {100, 1}}) == 0);
}

TEST_CASE("sums of groups before all calls are found") {
  const Rows calls = calls_of(5, 4);
  CHECK(line_of_first(sums_of(calls, 4) + calls) == 1);
}

TEST_CASE("calls alone hold no sums, also where they repeat") {
  CHECK(line_of_first({}) == 0);
  CHECK(line_of_first(calls_of(100, 3)) == 0);
  CHECK(line_of_first(Rows(90, {700, 50})) == 0);
  const Rows calls = calls_of(4, 3);
  CHECK(line_of_first(calls + calls) == 0);
  CHECK(line_of_first(calls + calls + calls) == 0);
}

TEST_CASE("sums that miss a call are not known by their numbers") {
  const Rows calls = calls_of(5, 4);
  Rows rows = calls + sums_of(calls, 4);
  ++rows.back().second;
  CHECK(line_of_first(rows) == 0);
}

TEST_CASE("a few tokens and empty outputs are alike by chance") {
  CHECK(line_of_first({{1, 1}, {1, 1}, {1, 1}, {1, 1}, {2, 2}, {2, 2}}) == 0);
  CHECK(line_of_first({{500, 0}, {500, 0}, {500, 0}, {500, 0}, {1000, 0}, {1000, 0}}) == 0);
}

TEST_CASE(
    "rows that group the same calls in another way are found, and the same rows again are not") {
  const Rows by_model = {{1001, 101}, {2505, 255}};
  const Rows by_day = {{2203, 223}, {1303, 133}};
  CHECK(line_of_others(by_model + by_day) == 3);
  CHECK(line_of_others(Rows{{3506, 356}} + by_day + by_model) == 2);
  CHECK(line_of_others(by_model + by_model) == 0);
  CHECK(line_of_others(by_model + Rows{{2203, 223}, {1303, 134}}) == 0);
  CHECK(line_of_others(Rows{{10, 1}, {20, 2}, {20, 2}, {10, 1}}) == 0);
  CHECK(line_of_others(calls_of(40, 3)) == 0);
}

}  // namespace usagectl
