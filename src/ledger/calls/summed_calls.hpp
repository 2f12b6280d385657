#pragma once

#include <cstdint>
#include <optional>

#include "model/tally.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// Calls that a sum may be of.
struct SummedCalls {
  Tally tally;
  ExactSum requests;  ///< one for each that does not say how many it is
  std::uint64_t with_number = 0;
  std::uint64_t called_ends = 0;

  void add(const UsageRecord& call);
  void merge(const SummedCalls& later);
  /// Nothing where only some of them say how many calls they are.
  std::optional<ExactSum> known_requests() const;
};

}  // namespace usagectl
