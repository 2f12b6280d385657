#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "model/cost.hpp"
#include "model/count.hpp"
#include "model/counter.hpp"
#include "model/counts.hpp"

namespace usagectl {

/// The sum over some usage records, counter by counter, with how many of them knew each counter and
/// how many told of it what is not understood.
/// Tallies merge in any order with the same result.
struct Tally {
  std::uint64_t records = 0;
  std::array<ExactSum, kCounterCount> sums{};
  std::array<std::uint64_t, kCounterCount> known{};
  std::array<std::uint64_t, kCounterCount> open{};
  CostSums costs;  ///< those that are stated

  void add(const Counts& counts) {
    ++records;
    for (Counter counter : kCounters) {
      if (const auto value = counts[counter]) {
        sums[static_cast<std::size_t>(counter)] += *value;
        ++known[static_cast<std::size_t>(counter)];
      } else if (counts.is_open(counter)) {
        ++open[static_cast<std::size_t>(counter)];
      }
    }
  }

  /// Takes back what was added.
  void remove(const Counts& counts) {
    --records;
    for (Counter counter : kCounters) {
      if (const auto value = counts[counter]) {
        sums[static_cast<std::size_t>(counter)] -= *value;
        --known[static_cast<std::size_t>(counter)];
      } else if (counts.is_open(counter)) {
        --open[static_cast<std::size_t>(counter)];
      }
    }
  }

  /// The same with a cost, which may be nullptr.
  void add(const Counts& counts, const CostOfRecord& cost) {
    add(counts);
    if (cost) costs.add(*cost);
  }
  void remove(const Counts& counts, const CostOfRecord& cost) {
    remove(counts);
    if (cost) costs.remove(*cost);
  }

  void merge(const Tally& other) {
    records += other.records;
    if (!other.costs.empty()) costs.merge(other.costs);
    for (std::size_t i = 0; i < kCounterCount; ++i) {
      sums[i] += other.sums[i];
      known[i] += other.known[i];
      open[i] += other.open[i];
    }
  }

  /// How many records knew this counter.
  std::uint64_t known_of(Counter counter) const { return known[static_cast<std::size_t>(counter)]; }

  /// How many records told of this counter what is not understood.
  std::uint64_t open_of(Counter counter) const { return open[static_cast<std::size_t>(counter)]; }

  /// The sum over the records that know the counter; nothing when none does, when one of them
  /// leaves it open, or when the sum does not fit in 64 bits (see overflows).
  std::optional<Count> sum_of(Counter counter) const {
    if (known_of(counter) == 0 || open_of(counter) > 0) return std::nullopt;
    return sums[static_cast<std::size_t>(counter)].count();
  }

  bool overflows(Counter counter) const { return !sums[static_cast<std::size_t>(counter)].fits(); }
};

/// The sum of a counter where every record knows it, else nothing: the sum of a part proves
/// nothing.
inline std::optional<Count> whole_sum(const Tally& tally, Counter counter) {
  return tally.known_of(counter) == tally.records ? tally.sum_of(counter) : std::nullopt;
}

}  // namespace usagectl
