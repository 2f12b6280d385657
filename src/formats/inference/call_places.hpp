#pragma once

#include "formats/inference/place_tree.hpp"

namespace usagectl {

/// Whether the objects of a place are calls, as far as their names and numbers tell; else each is a
/// sum.
bool holds_calls(const PlaceNode& place);

/// Whether something around the objects of a place says when, or as which of many, they were made:
/// a time, an id, {"turn": 3}.
bool stands_in_a_turn(const PlaceNode& place);

}  // namespace usagectl
