#include "analysis/causes/total_ways.hpp"

#include <algorithm>

namespace usagectl {
namespace {

constexpr std::array kWays = {
    TotalWay{false, false, false}, TotalWay{true, false, false}, TotalWay{false, true, false},
    TotalWay{false, false, true},  TotalWay{false, true, true},  TotalWay{true, true, false},
    TotalWay{true, false, true},   TotalWay{true, true, true},
};

bool is_told(const Counts& counts) {
  return counts.has(Counter::input) && counts.has(Counter::output) && counts.has(Counter::total);
}

}  // namespace

Count TotalWay::beyond(const Counts& counts) const {
  ExactSum sum;
  if (reasoning) sum += counts[Counter::reasoning].value_or(0);
  if (cache_read) sum += counts[Counter::cache_read].value_or(0);
  if (cache_write) sum += counts[Counter::cache_write].value_or(0);
  return sum.count().value_or(0);
}

bool TotalWay::fits(const Counts& counts) const {
  if (!is_told(counts)) return true;
  ExactSum sum(*counts[Counter::input]);
  sum += *counts[Counter::output];
  sum += beyond(counts);
  return sum == ExactSum(*counts[Counter::total]);
}

std::vector<TotalWay> ways_of(const std::vector<CasePart>& parts) {
  std::vector<TotalWay> ways;
  std::array<std::size_t, kWays.size()> fitting{};
  std::size_t told = 0;
  for (const CasePart& part : parts) {
    if (!is_told(part.given)) continue;
    ++told;
    for (std::size_t i = 0; i < kWays.size(); ++i) {
      if (kWays[i].fits(part.given)) ++fitting[i];
    }
  }
  const std::size_t most = *std::max_element(fitting.begin(), fitting.end());
  // Of those that fit, the simplest tells as much as the others.
  const bool enough = most >= 2 && most * 3 >= told * 2;
  if (!enough && fitting[0] > 0 && fitting[0] * 2 >= told)
    return {kWays[0]};  // of two, the usual one
  if (!enough) return ways;
  for (std::size_t i = 0; i < kWays.size(); ++i) {
    if (fitting[i] == most) ways.push_back(kWays[i]);
  }
  return ways;
}

bool fits_a_way(const Counts& counts, const std::vector<TotalWay>& ways) {
  return std::any_of(ways.begin(), ways.end(),
                     [&](const TotalWay& way) { return way.fits(counts); });
}

bool contradicts_itself(const Counts& counts) {
  const auto exceeds = [&](Counter part, Counter whole) {
    const auto inner = counts[part];
    const auto outer = counts[whole];
    return inner && outer && *inner > *outer;
  };
  return exceeds(Counter::reasoning, Counter::output) ||
         exceeds(Counter::reasoning, Counter::total) ||
         exceeds(Counter::cache_read, Counter::input) ||
         exceeds(Counter::cache_read, Counter::total);
}

}  // namespace usagectl
