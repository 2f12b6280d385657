#pragma once

#include <cstdint>
#include <string_view>

#include "input/json/json.hpp"

namespace usagectl {

/// Whether usage is to be looked for in an object or a list, as far as its name and what is in and
/// around it show.
enum class UsageIn : std::uint8_t {
  likely,  ///< its name is that of a part of the work, or it holds calls
  none,    ///< limits, prices, averages
  unsaid,  ///< it may be either: not counted, and not passed over in silence
};

/// "limits", "target", "left_model": `value` is the member of `around` that is named so. A target
/// may be a goal or the model that is attacked, a cost its price or what it used.
UsageIn usage_in(const Json& around, std::string_view name, const Json& value);

}  // namespace usagectl
