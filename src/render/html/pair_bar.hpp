#pragma once

#include <optional>

#include "model/count.hpp"
#include "render/html/html.hpp"

namespace usagectl {

/// The same number of A and of B as two bars, for a cell beside the numbers. An unknown one has no
/// bar.
Html pair_bar(const std::optional<Count>& a, const std::optional<Count>& b, Count whole);

}  // namespace usagectl
