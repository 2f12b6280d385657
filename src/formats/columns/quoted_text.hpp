#pragma once

#include <string>
#include <string_view>

namespace usagectl {

/// A text as a string of JSON, in quotes; bytes that are not UTF-8 are replaced.
std::string quoted_text(std::string_view text);

}  // namespace usagectl
