#pragma once

#include <string>
#include <string_view>

namespace usagectl {

/// The text with everything that could act on a terminal made visible: controls, direction
/// overrides and bytes that are not UTF-8 become \n, \t, \x1b, \u202e, \xff, and so does the first
/// character of what a runner of a CI would obey. What comes out is one line of valid UTF-8. Text
/// from a log passes through here before anybody sees it.
std::string visible_text(std::string_view text);

}  // namespace usagectl
