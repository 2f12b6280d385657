#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "formats/inference/place_tree.hpp"

namespace usagectl {

/// Lists of calls each of which begins with the one before or after it: a conversation that is
/// written anew at each of its steps.
struct GrowingLists {
  std::size_t star = 0;   ///< which * of the place counts the steps, from 1
  bool are_sure = false;  ///< false: the numbers of two steps alone may be alike by chance
};
std::optional<GrowingLists> growing_lists(const PlaceNode& place);

/// What stands at one position of lists that grow, whatever the step.
std::string position_in_lists(const PlaceNode& place, std::size_t instance, std::size_t star);

}  // namespace usagectl
