#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace usagectl {

/// Columns that a terminal needs for the text: marks take none, East Asian wide characters and
/// emoji two, everything else one. Expects text without control characters (see visible_text).
std::size_t text_width(std::string_view text);

/// The text cut to at most `width` columns: its end gives way to "…". A character is never parted
/// from its marks.
std::string cut_at_end(std::string_view text, std::size_t width);

/// As cut_at_end, but the beginning gives way: the last step of a pointer says most.
std::string cut_in_front(std::string_view text, std::size_t width);

/// As cut_at_end, but the middle gives way: names of models and files differ at both ends.
std::string cut_in_middle(std::string_view text, std::size_t width);

}  // namespace usagectl
