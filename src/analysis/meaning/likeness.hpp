#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "analysis/meaning/profile.hpp"

namespace usagectl {

enum class Likeness : std::uint8_t { same, different, undetermined };
constexpr std::string_view name_of(Likeness likeness) {
  switch (likeness) {
    case Likeness::same: return "same";
    case Likeness::different: return "different";
    case Likeness::undetermined: break;
  }
  return "undetermined";
}

/// A difference outweighs everything, and what is undetermined outweighs what is the same.
constexpr Likeness worse(Likeness a, Likeness b) {
  if (a == Likeness::different || b == Likeness::different) return Likeness::different;
  return a == Likeness::undetermined ? a : b;
}

/// One axis on both sides.
struct AxisDifference {
  std::string_view axis;
  Likeness verdict = Likeness::undetermined;
  Answer a;
  Answer b;
  std::string evidence = {};  ///< one sentence, where pairs show it: "input differs by exactly
                              ///< cache_read in 12 of 12 pairs"
  bool matters = false;       ///< what it is about is above 0 in a record of either side
};

}  // namespace usagectl
