#pragma once

#include "model/count.hpp"
#include "render/html/html.hpp"

namespace usagectl {

/// The responses of a chain as linked dots, for a cell beside their number. Of a long chain the
/// first are drawn, and the line goes on.
Html chain_picture(Count responses);

}  // namespace usagectl
