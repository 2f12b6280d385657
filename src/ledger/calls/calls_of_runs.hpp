#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "ledger/calls/summed_calls.hpp"
#include "model/place.hpp"

namespace usagectl {

/// The calls of each run or session of a file. Runs may alternate, and most logs are of one. Those
/// of 4,096 are kept: a table that is larger than the processor's memory takes twice the time of a
/// log.
class CallsOfRuns {
 public:
  bool is_current(std::string_view run) const { return run == run_; }
  /// The next call, at that place, is one of this run, which is not the current one.
  void begin(std::string_view run, const Place& place);
  SummedCalls& current() { return of_run_; }
  const SummedCalls& current() const { return of_run_; }
  /// nullptr: there are none, or they were not kept.
  const SummedCalls* of(std::string_view run) const;

  /// A call was the sum of those of its run, and others stand between.
  void note_sum_behind() { ++sums_behind_; }
  /// Where the first run begins that was not kept, in a file that holds sums of runs behind others.
  std::optional<Place> first_with_unknown_sum() const;

 private:
  SummedCalls of_run_;
  std::string run_;
  std::unordered_map<std::uint64_t, SummedCalls> others_;  ///< by the hashes of their names
  std::optional<Place> first_not_kept_;
  std::size_t sums_behind_ = 0;
};

}  // namespace usagectl
