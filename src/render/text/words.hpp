#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "render/text/number_text.hpp"

namespace usagectl {

/// "1 file", "24 files". Words whose plural takes more than an s are not for this.
inline std::string quantity(std::uint64_t number, std::string_view thing) {
  return number_text(number).append(" ").append(thing).append(number == 1 ? "" : "s");
}

/// "a", "a and b", "a, b and c".
inline std::string enumerated(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  return text;
}

inline std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += separator;
    text += parts[i];
  }
  return text;
}

}  // namespace usagectl
