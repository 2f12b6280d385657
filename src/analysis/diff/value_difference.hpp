#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/diff/pairing.hpp"
#include "analysis/diff/part.hpp"
#include "analysis/diff/tolerance.hpp"
#include "analysis/meaning/side.hpp"

namespace usagectl {

/// A counter on both sides: of everything, of one model or entity, or of one pair of calls.
struct ValueDifference {
  std::optional<std::pair<std::size_t, std::size_t>> calls = {};  ///< of a pair of calls
  std::string_view key = {};  ///< of a group: "model", "entity", …; empty = of everything
  std::string name = {};      ///< of the group
  Counter counter = Counter::total;
  std::optional<Count> a;
  std::optional<Count> b;
  bool is_beyond = false;  ///< beyond the tolerance

  /// a - b, where both are known and it fits.
  std::optional<Count> difference() const;
};

struct ValueDifferences {
  std::vector<ValueDifference> totals;  ///< every counter that a side knows
  std::vector<ValueDifference> groups;  ///< likewise, of every model, thread, entity and tick
  std::vector<ValueDifference> calls;   ///< of pairs, beyond the tolerance
  std::uint64_t beyond = 0;             ///< all that are beyond the tolerance
  std::vector<Counter> unknown;         ///< on one side at least, though the records have it
  PartVerdict verdict;

  /// Those of groups and calls that are beyond the tolerance, the largest first.
  std::vector<const ValueDifference*> largest() const;
};

ValueDifferences compare_values(const Side& a, const Side& b, const Pairs& pairs,
                                const Tolerances& tolerances);

}  // namespace usagectl
