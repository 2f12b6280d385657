#pragma once

#include <set>

#include "formats/place_tree.hpp"

namespace usagectl {

/// Places of a list whose usage objects are totals so far, each of which holds those before it. Their
/// names say so, or they never fall and either an object beside them tells what the last one does, or
/// they are many and in the order of time.
std::set<const PlaceNode*> find_running_totals(const PlaceNode& document);

}  // namespace usagectl
