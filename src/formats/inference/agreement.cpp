#include "formats/inference/agreement.hpp"

#include <algorithm>

#include "formats/inference/slip.hpp"

namespace usagectl {
namespace {

/// How many times the second fits into the first, the same for all that were compared before.
void take_times(Count a, Count b, Count& times, bool is_first) {
  const bool fits = b > 0 && a % b == 0 && a / b > 1;
  if (!fits || (!is_first && a / b != times))
    times = 0;
  else
    times = a / b;
}

bool is_alike(Count a, Count b) {
  return std::min(a, b) > 0 && std::max(a, b) - std::min(a, b) <= std::min(a, b);
}

bool has_usage(const std::optional<Tally>& tally) {
  if (!tally) return false;
  return std::any_of(kCounters.begin(), kCounters.end(),
                     [&](Counter counter) { return tally->sum_of(counter).value_or(0) > 0; });
}

bool tells_number_of(const Tally& a, const Tally& b) {
  const auto calls = whole_sum(a, Counter::requests);
  if (!calls || *calls < 2) return false;
  return whole_sum(b, Counter::requests).value_or(static_cast<Count>(b.records)) == *calls;
}

void add(Count a, Count b, Agreement& agreement) {
  if (a > 0 || b > 0) {
    const bool is_first = agreement.failed + agreement.telling == 0;
    take_times(a, b, agreement.times_above, is_first);
    take_times(b, a, agreement.times_below, is_first);
  }
  ++agreement.compared;
  if (a == b) {
    ++agreement.held;
    if (a > 0) {
      ++agreement.telling;
      agreement.largest_match = std::max(agreement.largest_match, a);
    }
    return;
  }
  ++agreement.failed;
  ++(a > b ? agreement.above : agreement.below);
  agreement.all_near = agreement.all_near && differ_by_a_slip(a, b);
  agreement.all_alike = agreement.all_alike && is_alike(a, b);
}

void compare(const Tally& a, const Tally& b, Agreement& agreement) {
  agreement.most_parts = std::max(agreement.most_parts, b.records);
  agreement.same_number_of_calls =
      agreement.same_number_of_calls || tells_number_of(a, b) || tells_number_of(b, a);
  const auto differ = [&](Counter counter) {
    return whole_sum(a, counter) != whole_sum(b, counter);
  };
  const auto both = [&](Counter counter) { return whole_sum(a, counter) && whole_sum(b, counter); };
  const bool has_parts = both(Counter::input) && both(Counter::output);
  const bool parts_differ = differ(Counter::input) || differ(Counter::output);
  for (std::size_t i = 0; i < kTokenCounterCount; ++i) {
    const Counter counter = kCounters[i];
    if (!both(counter)) continue;
    // A total follows from its parts, unless it is the same and they are not.
    if (counter == Counter::total && has_parts && (!parts_differ || differ(counter))) continue;
    add(*whole_sum(a, counter), *whole_sum(b, counter), agreement);
  }
}

}  // namespace

Agreement compare(const UsageByInstance& a, const UsageByInstance& b) {
  Agreement agreement;
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    if (a[i] && b[i] && b[i]->records > 0 && a[i]->records > 0) {
      compare(*a[i], *b[i], agreement);
    } else if (has_usage(a[i])) {
      ++agreement.only_in_a;
    } else if (has_usage(b[i])) {
      ++agreement.only_in_b;
    }
  }
  return agreement;
}

}  // namespace usagectl
