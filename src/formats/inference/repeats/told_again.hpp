#pragma once

#include <cstddef>
#include <set>

#include "formats/inference/place_tree.hpp"

namespace usagectl {

/// Instances of a place that are sums of others, or that repeat an id with the same numbers, or a
/// call in the same position of lists that are sure to grow: one call, told again.
std::set<std::size_t> told_again(const PlaceNode& place);

}  // namespace usagectl
