// Other ways to read the logs, with which they agree with the report.
#include "analysis/bill/bill_readings.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>
#include <map>
#include <optional>
#include <set>

namespace usagectl {
namespace {

/// Zones reach from UTC-12 to UTC+14.
constexpr std::int64_t kLargestShift = 14;

/// Whether the report says something of the time of the row.
bool is_within(const BillMatcher& matcher, const LoggedRow& row, const Reading& reading) {
  const Window whole = matcher.whole();
  return row.window.begin + reading.shift >= whole.begin &&
         row.window.end + reading.shift <= whole.end;
}

/// Differences of a run of buckets, added up.
struct Carried {
  std::array<Count, std::size(kBilledCounters)> counts{};

  bool is_known = true;

  void add(const BillBucket& bucket) {
    for (std::size_t i = 0; i < counts.size(); ++i) {
      ExactSum sum(counts[i]);
      sum += bucket.apart(kBilledCounters[i]).value_or(0);
      is_known = is_known && sum.count().has_value();
      counts[i] = sum.count().value_or(0);
    }
  }
  bool is_nothing() const {
    return is_known &&
           std::all_of(counts.begin(), counts.end(), [](Count count) { return count == 0; });
  }
  /// Whether calls at the end of the bucket may be what is carried into the next one.
  bool may_be_from_end_of(const BillBucket& bucket) const {
    for (std::size_t i = 0; i < counts.size(); ++i) {
      const Count held = bucket.last_hour.sum_of(kBilledCounters[i]).value_or(0);
      if (counts[i] > 0 || -counts[i] > held) return false;
    }
    return is_known;
  }
};

}  // namespace

Reading read_zone(const BillMatcher& matcher) {
  const Matched as_written = matcher.match({});
  const std::size_t all = as_written.buckets.size();
  const std::size_t agreeing = as_written.agreeing();
  Reading best;
  // In few windows any shift may fit.
  if (all < 2 || agreeing * 2 > all) return best;
  std::size_t most = agreeing + 1;
  for (std::int64_t shift = -kLargestShift; shift <= kLargestShift; ++shift) {
    if (shift == 0) continue;
    const std::size_t with_shift = matcher.match({.shift = shift, .billed_models = {}}).agreeing();
    const bool is_better = with_shift > most || (with_shift == most && best.shift != 0 &&
                                                 std::abs(shift) < std::abs(best.shift));
    if (!is_better) continue;
    most = with_shift;
    best.shift = shift;
  }
  if (most * 10 < all * 6) best.shift = 0;
  return best;
}

void read_aliases(const BillMatcher& matcher, Reading& reading) {
  const Matched matched = matcher.match(reading);
  std::set<std::string> unknown;
  for (const LoggedRow* row : matched.unmatched) {
    if (!row->labels.model.empty() && is_within(matcher, *row, reading))
      unknown.insert(row->labels.model);
  }
  std::map<std::string, bool> is_unlogged;
  for (const BillBucket& bucket : matched.buckets) {
    const auto known = is_unlogged.try_emplace(bucket.name.labels.model, true).first;
    known->second = known->second && bucket.logged.records == 0 && !bucket.is_cost;
  }
  for (const std::string& model : unknown) {
    std::optional<std::string> alias;
    bool is_only_one = true;
    for (const auto& [billed, is_free] : is_unlogged) {
      if (!is_free || billed.empty()) continue;
      Reading renamed = reading;
      renamed.billed_models[model] = billed;
      std::size_t all = 0;
      std::size_t agreeing = 0;
      for (const BillBucket& bucket : matcher.match(renamed).buckets) {
        if (bucket.name.labels.model != billed) continue;
        ++all;
        if (bucket.logged.records > 0 && bucket.agrees()) ++agreeing;
      }
      if (agreeing == 0 || agreeing * 10 < all * 6) continue;
      is_only_one = !alias;
      alias = billed;
    }
    if (alias && is_only_one) reading.billed_models[model] = *alias;
  }
}

std::vector<std::vector<std::size_t>> chains_of(const std::vector<BillBucket>& buckets) {
  std::map<BillLabels, std::vector<std::vector<std::size_t>>> of_labels;
  for (std::size_t i = 0; i < buckets.size(); ++i) {
    auto& chains = of_labels[buckets[i].name.labels];
    const bool goes_on = !chains.empty() && buckets[chains.back().back()].name.window.end ==
                                                buckets[i].name.window.begin;
    if (!goes_on) chains.emplace_back();
    chains.back().push_back(i);
  }
  std::vector<std::vector<std::size_t>> all;
  for (auto& [labels, chains] : of_labels)
    std::move(chains.begin(), chains.end(), std::back_inserter(all));
  return all;
}

std::vector<std::vector<std::size_t>> late_arrivals(const std::vector<BillBucket>& buckets) {
  std::vector<std::vector<std::size_t>> runs;
  for (const std::vector<std::size_t>& chain : chains_of(buckets)) {
    for (std::size_t i = 0; i < chain.size(); ++i) {
      if (buckets[chain[i]].agrees()) continue;
      Carried carried;
      std::size_t end = i;
      for (; end < chain.size(); ++end) {
        carried.add(buckets[chain[end]]);
        if (carried.is_nothing() || !carried.may_be_from_end_of(buckets[chain[end]])) break;
      }
      if (end == chain.size() || end == i || !carried.is_nothing()) continue;
      runs.emplace_back(chain.begin() + static_cast<std::ptrdiff_t>(i),
                        chain.begin() + static_cast<std::ptrdiff_t>(end) + 1);
      i = end;
    }
  }
  return runs;
}

}  // namespace usagectl
