#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace usagectl {

/// The text broken at spaces into lines of at most `width` columns; 0 = one line. A word that is
/// longer than a line stays whole: it may be a pointer that the user wants to copy.
std::vector<std::string> wrapped_text(std::string_view text, std::size_t width);

}  // namespace usagectl
