#pragma once

#include <string>
#include <string_view>

#include "formats/layouts/text/text_matches.hpp"

namespace usagectl {

/// Adds what a group of a pattern holds. A count is written in digits, or is rounded where the
/// pattern says so; anything else makes the match one that cannot be read.
void add_member(std::string name, std::string_view value, std::string_view line, TextMatch& match);

}  // namespace usagectl
