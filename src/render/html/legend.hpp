#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "render/html/html.hpp"

namespace usagectl {

struct LegendEntry {
  std::string style;  ///< class of the style sheet
  std::string text;
};

/// What the colours of a picture are, as a list with a swatch before each text.
Html legend(const std::vector<LegendEntry>& entries);

}  // namespace usagectl
