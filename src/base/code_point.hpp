#pragma once

#include <cstddef>
#include <string_view>

#include "base/utf8.hpp"

namespace usagectl {

/// One character of a UTF-8 text. A byte that is not UTF-8 stands for itself as U+FFFD.
struct CodePoint {
  char32_t value = 0xFFFD;
  std::size_t length = 1;  ///< bytes
  bool valid = false;
};

/// The character that starts at byte `at` of the text; `at` is inside the text.
inline CodePoint code_point_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[at + i]));
  };
  if (byte(0) < 0x80) return {byte(0), 1, true};
  const std::size_t length = utf8_character_length(text.substr(at));
  if (length == 0) return {};
  char32_t value = byte(0) & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) value = (value << 6U) | (byte(i) & 0x3FU);
  return {value, length, true};
}

/// What programs pass over as white space: the characters with that property in Unicode.
constexpr bool is_white_space(char32_t value) {
  return value == ' ' || (value >= 0x09 && value <= 0x0D) || value == 0x85 || value == 0xA0 ||
         value == 0x1680 || (value >= 0x2000 && value <= 0x200A) || value == 0x2028 ||
         value == 0x2029 || value == 0x202F || value == 0x205F || value == 0x3000;
}

/// Controls and the invisible characters that can change how the text around them is shown or
/// split: C0, DEL, C1, direction marks and overrides, line and paragraph separators, zero-width
/// space and no-break space.
constexpr bool deceives(char32_t value) {
  return value < 0x20 || (value >= 0x7F && value <= 0x9F) || value == 0x61C || value == 0x200B ||
         value == 0x200E || value == 0x200F || (value >= 0x2028 && value <= 0x202E) ||
         (value >= 0x2066 && value <= 0x2069) || value == 0xFEFF;
}

}  // namespace usagectl
