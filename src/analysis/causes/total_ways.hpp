#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "analysis/causes/case.hpp"

namespace usagectl {

/// What a total holds beside input and output.
struct TotalWay {
  bool reasoning = false;
  bool cache_read = false;
  bool cache_write = false;

  Count beyond(const Counts& counts) const;
  /// Also where one of the three is not known.
  bool fits(const Counts& counts) const;
};

/// The ways in which the totals of nearly all of these parts are made, as far as they are written;
/// one or the other may be wrong. None where they are made in no way that is known, or have no
/// total.
std::vector<TotalWay> ways_of(const std::vector<CasePart>& parts);
/// Whether reasoning or the cache exceeds what holds it, where the counts tell both.
bool contradicts_itself(const Counts& counts);
bool fits_a_way(const Counts& counts, const std::vector<TotalWay>& ways);

}  // namespace usagectl
