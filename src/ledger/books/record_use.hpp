#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "model/cost.hpp"
#include "model/counts.hpp"
#include "model/observations.hpp"

namespace usagectl {

/// What became of a record in the end.
enum class Bucket : std::uint8_t {
  counted,    ///< its counts are in the sums
  duplicate,  ///< the same call was counted already
  ignored,    ///< something else is counted in its place
};

constexpr std::string_view name_of(Bucket bucket) {
  constexpr std::string_view kNames[] = {"counted", "duplicate", "ignored"};
  return kNames[static_cast<std::size_t>(bucket)];
}

struct RecordUse {
  Bucket bucket = Bucket::counted;
  std::uint8_t rank = 0;    ///< of its view
  UnitId unit = 0;          ///< what counts of it is only known after the last file
  std::string_view reason;  ///< why it isn't counted; static storage
};

/// A record that was given out, by its place among them, from 1; 0 = none.
using RecordNumber = std::uint32_t;

/// What became of the records of a run, in the order in which they were given out.
struct RecordUses {
  std::vector<RecordUse> uses;
  /// Counts that changed after the record was given out: a later report of the call holds more, or
  /// other records of its file showed what its counts mean.
  std::map<RecordNumber, Counts> final_counts;
  /// The costs of those that a later report of the call changed; nullptr where it states none.
  std::map<RecordNumber, CostOfRecord> final_costs;
};

}  // namespace usagectl
