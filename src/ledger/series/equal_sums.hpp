#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "model/tally.hpp"

namespace usagectl {

/// The counters by which one report of usage is found to be another one.
inline constexpr std::array kComparedCounters = {Counter::input, Counter::output, Counter::total};

/// Numbers that chance does not make equal.
inline constexpr Count kLargeSum = 1000;

struct EqualSums {
  bool are_equal = false;
  int counters = 0;   ///< how many both report, equal and not 0
  Count largest = 0;  ///< of them
};

/// Whether all counters that both report are equal, and not by chance.
EqualSums compare(const Tally& sum, const Tally& parts);

/// Finds, of many tallies, those that report as much as a given one, in time that does not grow
/// with their number.
class TalliesBySums {
 public:
  void add(const Tally& tally, std::size_t index);
  /// Once, behind the last add().
  void sort();
  /// The indexes of the first of those that compare() finds equal, in their order. The tally must
  /// have been added as well, or know the same counters as one that was.
  std::vector<std::size_t> like(const Tally& tally) const;

 private:
  /// One for each of the compared counters; unknown = -1.
  using Sums = std::array<Count, kComparedCounters.size()>;
  /// A bit for each counter that is known.
  using Known = unsigned;
  static constexpr Known kKinds = 1U << kComparedCounters.size();

  static Sums sums_of(const Tally& tally);
  static Known known_in(const Sums& sums);
  /// Of the sums by which those that know `own` are found by one that knows `asked`.
  static std::uint64_t key(const Sums& sums, Known own, Known asked);

  std::array<std::vector<std::pair<Sums, std::size_t>>, kKinds> tallies_;
  std::vector<std::pair<std::uint64_t, std::size_t>> by_key_;
};

}  // namespace usagectl
