#pragma once

#include <string>
#include <string_view>

namespace usagectl {

/// What changes `expected` into `actual`, as lines marked '-' and '+' among three lines of context.
/// Empty when they are the same. Bytes that a terminal would act on are shown as \xNN.
std::string line_diff(std::string_view expected, std::string_view actual);

}  // namespace usagectl
