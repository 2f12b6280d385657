#include "formats/agreement.hpp"

#include <algorithm>

namespace usagectl {
namespace {

/// The sum, where every record has the counter.
std::optional<Count> whole_sum(const Tally& tally, Counter counter) {
  return tally.known_of(counter) == tally.records ? tally.sum_of(counter) : std::nullopt;
}

bool is_near(Count a, Count b) {
  constexpr double kNear = 0.02;
  const auto larger = static_cast<double>(std::max(a, b));
  return larger > 0 && static_cast<double>(std::max(a, b) - std::min(a, b)) <= larger * kNear;
}

bool has_usage(const std::optional<Tally>& tally) {
  if (!tally) return false;
  return std::any_of(kCounters.begin(), kCounters.end(), [&](Counter counter) { return tally->sum_of(counter).value_or(0) > 0; });
}

void compare(const Tally& a, const Tally& b, Agreement& agreement) {
  agreement.most_parts = std::max(agreement.most_parts, b.records);
  const auto both = [&](Counter counter) { return whole_sum(a, counter) && whole_sum(b, counter); };
  const bool has_parts = both(Counter::input) && both(Counter::output);
  for (std::size_t i = 0; i < kTokenCounterCount; ++i) {
    const Counter counter = kCounters[i];
    const auto mine = whole_sum(a, counter);
    const auto theirs = whole_sum(b, counter);
    // A total follows from its parts; where they tell, it proves and refutes nothing more.
    if (!mine || !theirs || (counter == Counter::total && has_parts)) continue;
    ++agreement.compared;
    if (*mine == *theirs) {
      ++agreement.held;
      if (*mine > 0) {
        ++agreement.telling;
        agreement.largest_match = std::max(agreement.largest_match, *mine);
      }
      continue;
    }
    ++agreement.failed;
    ++(*mine > *theirs ? agreement.above : agreement.below);
    agreement.all_near = agreement.all_near && is_near(*mine, *theirs);
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
