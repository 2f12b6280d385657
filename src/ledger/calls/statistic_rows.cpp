#include "ledger/calls/statistic_rows.hpp"

#include <algorithm>

namespace usagectl {
namespace {

constexpr std::array kCompared = {Counter::input, Counter::output, Counter::total};
/// Of one row everything is the average and the largest.
constexpr std::uint64_t kFewest = 2;

/// Whether a rule holds of all counts that a row tells, and one of them is not 0.
template <typename Holds>
bool hold(const Counts& counts, Holds&& holds) {
  bool any = false;
  for (const Counter counter : kCompared) {
    if (!counts.has(counter)) continue;
    if (!holds(counter, *counts[counter])) return false;
    any = any || *counts[counter] > 0;
  }
  return any;
}

/// Rounded, or cut off.
bool is_mean(Count mean, const ExactSum& sum, std::uint64_t rows) {
  const auto whole = sum.count();
  if (!whole) return false;
  const Count cut_off = *whole / static_cast<Count>(rows);
  return mean == cut_off || mean == cut_off + 1;
}

}  // namespace

void StatisticRows::Above::add(const Counts& call) {
  const bool is_first = tally.records == 0;
  tally.add(call);
  for (const Counter counter : kCompared) {
    const auto count = call[counter];
    if (is_first || !count) {
      largest.set(counter, count);
      smallest.set(counter, count);
    } else if (largest.has(counter)) {
      largest.set(counter, std::max(*largest[counter], *count));
      smallest.set(counter, std::min(*smallest[counter], *count));
    }
  }
}

void StatisticRows::Above::merge(const Above& later) {
  if (later.tally.records == 0) return;
  const bool is_first = tally.records == 0;
  tally.merge(later.tally);
  for (const Counter counter : kCompared) {
    const auto count = later.largest[counter];
    if (is_first || !count) {
      largest.set(counter, count);
      smallest.set(counter, later.smallest[counter]);
    } else if (largest.has(counter)) {
      largest.set(counter, std::max(*largest[counter], *count));
      smallest.set(counter, std::min(*smallest[counter], *later.smallest[counter]));
    }
  }
}

bool StatisticRows::Above::prove(Statistic statistic, const Counts& counts) const {
  if (tally.records < kFewest) return false;
  const auto input = counts[Counter::input];
  const auto output = counts[Counter::output];
  // The largest input and the largest output may be of two rows; nobody told their sum.
  const bool is_total_added_up =
      input && output && (ExactSum(*input) += *output).count() == counts[Counter::total];
  const bool is_extreme = statistic == Statistic::largest || statistic == Statistic::smallest;
  return hold(counts, [&](Counter counter, Count count) {
    if (counter == Counter::total && is_total_added_up && is_extreme) return true;
    switch (statistic) {
      case Statistic::mean:
        return tally.known_of(counter) == tally.records &&
               is_mean(count, tally.sums[static_cast<std::size_t>(counter)], tally.records);
      case Statistic::largest: return largest[counter] == count;
      case Statistic::smallest: return smallest[counter] == count;
      default: return false;
    }
  });
}

bool StatisticRows::is_difference(const Counts& counts) const {
  return before_last_.tally.records + since_last_.tally.records >= kFewest &&
         hold(counts, [&](Counter counter, Count count) {
           const auto a = last_[counter];
           const auto b = one_before_[counter];
           return a && b && (count == *a - *b || count == *b - *a);
         });
}

void StatisticRows::add(const Counts& call) {
  since_last_.add(call);
  one_before_ = last_;
  last_ = call;
}

StatisticRows::Verdict StatisticRows::judge(Statistic statistic, const Counts& counts) {
  Above all = before_last_;
  all.merge(since_last_);
  const bool is_proved = all.prove(statistic, counts) || since_last_.prove(statistic, counts) ||
                         (statistic == Statistic::difference && is_difference(counts));
  if (statistic == Statistic::limit && ++limits_ > 1) return Verdict::call;  // a kind of call
  const bool may_be_a_name = statistic == Statistic::largest || statistic == Statistic::smallest;
  if (!is_proved && may_be_a_name && !is_any_sure_name_) return Verdict::call;
  if (!is_proved && statistic == Statistic::difference) return Verdict::call;
  before_last_ = all;
  since_last_ = {};
  is_any_sure_name_ = is_any_sure_name_ || (!may_be_a_name && statistic != Statistic::limit);
  if (is_proved) is_any_proved_ = true;
  // Beside an average that is one, nobody doubts the median.
  const bool is_sure = is_proved || (is_any_proved_ && statistic != Statistic::limit);
  return is_sure ? Verdict::statistic : Verdict::unproved_statistic;
}

}  // namespace usagectl
