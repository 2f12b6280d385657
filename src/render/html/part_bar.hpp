#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "render/html/html.hpp"
#include "render/html/token_parts.hpp"

namespace usagectl {

/// One stretch of a bar, in hundredths of its width.
struct Stretch {
  double from = 0;
  double width = 0;
};

/// Where the parts are in a bar on which `whole` has the width 100. None is negative, and together
/// they are as long as their sum.
std::vector<Stretch> stretches(const std::vector<Count>& parts, Count whole);

/// A bar of the parts for a cell beside their numbers, hidden from screen readers, which read
/// those.
Html part_bar(const std::vector<TokenPart>& parts, Count whole, std::string_view size = {});

}  // namespace usagectl
