#pragma once

#include <cstddef>
#include <string_view>

namespace usagectl {

/// A number that neither a 64-bit integer nor a double can hold is kept as a string with this mark
/// in front, so that the document around it stays readable and a message can show all its digits.
/// A log that spells the mark itself gains nothing: such a string is no count either way.
inline constexpr std::string_view kWideNumberMark = "\x01wide:";

/// Whether a number of JSON can begin with the character.
inline bool begins_number(char c) { return c == '-' || (c >= '0' && c <= '9'); }

/// What may belong to the number that begins at `at`.
inline std::string_view number_at(std::string_view text, std::size_t at) {
  return text.substr(at, text.find_first_not_of("0123456789+-.eE", at) - at);
}

/// Whether the text is a number of JSON that fits into neither 64 bits nor a double.
bool is_wide_number(std::string_view text);

}  // namespace usagectl
