#pragma once

#include <array>
#include <charconv>
#include <concepts>
#include <optional>
#include <string>

#include "model/count.hpp"

namespace usagectl {

/// Shown for an unknown number. Never 0.
inline constexpr char kUnknown[] = "-";

/// 44636 -> "44,636", whatever the locale.
template <std::integral Number>
std::string number_text(Number number) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  const char* first = digits.data();
  std::string text;
  if (*first == '-') text.push_back(*first++);
  for (const char* digit = first; digit != end; ++digit) {
    if (digit != first && (end - digit) % 3 == 0) text.push_back(',');
    text.push_back(*digit);
  }
  return text;
}

inline std::string number_text(const std::optional<Count>& number) {
  return number ? number_text(*number) : kUnknown;
}

/// A difference always shows which way it goes: "+1,487", "-3", "0".
inline std::string difference_text(Count difference) {
  std::string text = number_text(difference);
  if (difference > 0) text.insert(text.begin(), '+');
  return text;
}

}  // namespace usagectl
