#include "analysis/causes/twins.hpp"

#include <fmt/format.h>

#include <string>
#include <unordered_map>

#include "base/utc_time.hpp"

namespace usagectl {
namespace {

constexpr std::int64_t kAtOnce = 1000;  // milliseconds

/// Nothing where one of them has no time.
std::optional<bool> are_at_once(const CasePart& a, const CasePart& b) {
  const auto here = milliseconds_of(a.time);
  const auto there = milliseconds_of(b.time);
  if (!here || !there) return std::nullopt;
  return *here - *there <= kAtOnce && *there - *here <= kAtOnce;
}

std::string key_of(const CasePart& part) {
  std::string key;
  for (const Counter counter : kCounters) {
    if (const auto count = part.counts[counter])
      key += fmt::format("{}:{} ", static_cast<int>(counter), *count);
  }
  return key;
}

}  // namespace

Twin are_twins(const CasePart& a, const CasePart& b) {
  if (!(a.counts == b.counts)) return Twin::no;
  if (!a.id.empty() && !b.id.empty()) return a.id == b.id ? Twin::by_name : Twin::no;
  if (a.number != 0 && b.number != 0) return a.number == b.number ? Twin::by_name : Twin::no;
  if (!a.name.empty() && !b.name.empty()) return a.name == b.name ? Twin::by_name : Twin::no;
  if (const auto at_once = are_at_once(a, b)) return *at_once ? Twin::by_name : Twin::no;
  return Twin::by_counts;
}

/// Each part that repeats an earlier one, once.
std::vector<Repeat> repeats_among(const Case& of) {
  std::unordered_map<std::string, std::vector<const CasePart*>> met;
  std::vector<Repeat> repeats;
  constexpr std::size_t kLookedAt = 64;
  for (const CasePart& item : of.items) {
    auto& same = met[key_of(item)];
    for (auto earlier = same.rbegin(); earlier != same.rend(); ++earlier) {
      const Twin twin = are_twins(**earlier, item);
      if (twin == Twin::no) continue;
      repeats.push_back({*earlier, &item, twin});
      break;
    }
    if (same.size() < kLookedAt) same.push_back(&item);
  }
  return repeats;
}

}  // namespace usagectl
