#pragma once

#include <cstddef>
#include <string>

#include "model/count.hpp"

namespace usagectl {

/// A bar for a terminal, `width` columns long for the whole, in eighths of a column: "██▌". What is
/// not nothing has at least an eighth.
std::string bar_text(Count part, Count whole, std::size_t width);

}  // namespace usagectl
