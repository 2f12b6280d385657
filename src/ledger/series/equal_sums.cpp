#include "ledger/series/equal_sums.hpp"

#include <algorithm>
#include <string_view>

#include "base/text_hash.hpp"

namespace usagectl {
namespace {

/// The largest of two numbers that chance does not make equal both.
constexpr Count kNoChance = 25;

/// So many that report the same are no sums of one another.
constexpr std::size_t kMostAlike = 256;

}  // namespace

EqualSums compare(const Tally& sum, const Tally& parts) {
  EqualSums found;
  for (const Counter counter : kComparedCounters) {
    const auto one = sum.sum_of(counter);
    const auto other = parts.sum_of(counter);
    if (!one || !other) continue;
    if (*one != *other) return {};
    // The total of what has only input is the input.
    if (*one > 0 && counter != Counter::total) ++found.counters;
    found.largest = std::max(found.largest, *one);
  }
  found.counters = std::max(found.counters, found.largest > 0 ? 1 : 0);
  found.are_equal = found.counters > 1 ? found.largest >= kNoChance : found.largest >= kLargeSum;
  return found;
}

TalliesBySums::Sums TalliesBySums::sums_of(const Tally& tally) {
  Sums sums{};
  for (std::size_t i = 0; i < sums.size(); ++i)
    sums[i] = tally.sum_of(kComparedCounters[i]).value_or(-1);
  return sums;
}

TalliesBySums::Known TalliesBySums::known_in(const Sums& sums) {
  Known known = 0;
  for (std::size_t i = 0; i < sums.size(); ++i) known |= sums[i] >= 0 ? 1U << i : 0U;
  return known;
}

std::uint64_t TalliesBySums::key(const Sums& sums, Known own, Known asked) {
  std::array<Count, kComparedCounters.size() + 1> numbers{};
  for (std::size_t i = 0; i < sums.size(); ++i)
    numbers[i] = (own & asked & 1U << i) != 0 ? sums[i] : -1;
  numbers.back() = static_cast<Count>(own);
  return short_text_hash({reinterpret_cast<const char*>(numbers.data()), sizeof numbers});
}

void TalliesBySums::add(const Tally& tally, std::size_t index) {
  const Sums sums = sums_of(tally);
  tallies_[known_in(sums)].emplace_back(sums, index);
}

void TalliesBySums::sort() {
  for (Known own = 0; own < kKinds; ++own) {
    // What each of the kinds that are there has in common with this one.
    std::array<bool, kKinds> is_asked{};
    for (Known asked = 0; asked < kKinds; ++asked)
      is_asked[own & asked] = is_asked[own & asked] || !tallies_[asked].empty();
    is_asked[0] = false;
    for (Known asked = 0; asked < kKinds; ++asked) {
      if (!is_asked[asked]) continue;
      for (const auto& [sums, index] : tallies_[own])
        by_key_.emplace_back(key(sums, own, asked), index);
    }
  }
  std::sort(by_key_.begin(), by_key_.end());
}

std::vector<std::size_t> TalliesBySums::like(const Tally& tally) const {
  const Sums sums = sums_of(tally);
  const Known asked = known_in(sums);
  std::vector<std::size_t> like;
  for (Known own = 0; own < kKinds; ++own) {
    if ((own & asked) == 0 || tallies_[own].empty()) continue;
    const std::uint64_t wanted = key(sums, own, own & asked);
    auto found =
        std::lower_bound(by_key_.begin(), by_key_.end(), std::pair(wanted, std::size_t{0}));
    for (std::size_t i = 0; i < kMostAlike && found != by_key_.end() && found->first == wanted;
         ++i, ++found)
      like.push_back(found->second);
  }
  std::sort(like.begin(), like.end());
  return like;
}

}  // namespace usagectl
