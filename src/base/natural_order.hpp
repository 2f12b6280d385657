#pragma once

#include <string_view>

namespace usagectl {

/// Orders text as people do, "tick 2" before "tick 10": below 0 where `a` comes first, 0 where both
/// are the same, else above.
int natural_compare(std::string_view a, std::string_view b);

}  // namespace usagectl
