#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "dialects/catalogue.hpp"
#include "dialects/solving/hypothesis.hpp"
#include "dialects/usage_reading.hpp"

namespace usagectl {

/// The quantities of one usage object, as each dialect finds them that it may be written in.
using CandidateQuantities = std::vector<std::pair<std::uint16_t, Quantities>>;

inline const Quantities& quantities_of(const CandidateQuantities& all, std::uint16_t dialect) {
  for (const auto& [index, quantities] : all) {
    if (index == dialect) return quantities;
  }
  return all.front().second;
}

/// Finds out what the numbers mean. The reading has the candidates, and at least one; those that
/// the numbers refute are dropped, and what is not certain is left open. `stand_for_others`: the
/// candidates are only some of those that there are, and all others are solved as one of them is.
void solve(const Catalogue& catalogue, const CandidateQuantities& quantities, UsageReading& reading,
           bool stand_for_others = false);

}  // namespace usagectl
