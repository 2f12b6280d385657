#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/finding.hpp"
#include "render/html/html.hpp"

namespace usagectl {

/// A bar of a waterfall, in tokens from its left edge.
struct WaterfallBar {
  enum class Kind : std::uint8_t {
    part,
    calculated,
    missing,  ///< asserted, and in no part
    excess,   ///< in the parts, and not asserted
    asserted,
  };
  Kind kind = Kind::part;
  std::string label;
  Count from = 0;
  Count size = 0;
  std::string value;
};

/// A sum that fails: its parts one behind the other, what they add up to, the difference, and what
/// is asserted. Only the last ones where the parts are unknown; empty where a number is unknown or
/// negative, or where nothing differs.
std::vector<WaterfallBar> waterfall_bars(const Finding& finding);

/// The bars as a picture with that description; empty without bars.
Html waterfall(const std::vector<WaterfallBar>& bars, std::string_view description);

}  // namespace usagectl
