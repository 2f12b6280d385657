#pragma once

#include "formats/inference/place_tree.hpp"
#include "formats/layouts/layout.hpp"

namespace usagectl {

/// Where results of Claude Code have their usage by model, `usage` beside it is that of the main
/// loop alone, and is ignored. Where other results there report all they used in `usage`, it counts
/// in each of them, which is said.
void set_main_loops_aside(const PlaceNode& node, Layout& layout);

}  // namespace usagectl
