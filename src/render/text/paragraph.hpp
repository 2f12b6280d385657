#pragma once

#include <string>
#include <string_view>

#include "render/text/paint.hpp"
#include "render/text/style.hpp"
#include "render/text/wrapped_text.hpp"

namespace usagectl {

/// A sentence as lines that fit in style.width.
inline std::string paragraph(std::string_view text, Ink ink, const Style& style) {
  std::string drawn;
  for (const auto& line : wrapped_text(text, static_cast<std::size_t>(style.width))) {
    drawn += painted(line, ink, style) + "\n";
  }
  return drawn;
}

}  // namespace usagectl
