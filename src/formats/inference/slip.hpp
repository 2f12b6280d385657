#pragma once

#include <algorithm>

#include "model/count.hpp"

namespace usagectl {

/// Two numbers of the same usage that differ by a slip: a call that was not recorded, or a sum that
/// was saved before the last one. 2 % is the largest one in the captures that this was tried with.
inline constexpr Count kPartsOfASlip = 50;

inline bool differ_by_a_slip(Count a, Count b) {
  const Count larger = std::max(a, b);
  return larger - std::min(a, b) <= larger / kPartsOfASlip;
}

}  // namespace usagectl
