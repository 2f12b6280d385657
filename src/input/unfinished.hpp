#pragma once

#include <string_view>

namespace usagectl {

/// Said of the last document, row or line of a file that ends inside it.
inline constexpr std::string_view kUnfinished =
    "is unfinished: the file is still being written to, or was cut";

}  // namespace usagectl
