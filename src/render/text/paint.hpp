#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "render/text/style.hpp"

namespace usagectl {

/// The role of a piece of text, not its colour.
enum class Ink : std::uint8_t { plain, strong, faint, good, doubtful, bad };

/// The text with the colors of its ink; as it is where colors are off.
inline std::string painted(std::string_view text, Ink ink, const Style& style) {
  std::string out;
  if (!style.color || ink == Ink::plain || text.empty()) return out.append(text);
  switch (ink) {
    case Ink::plain: break;
    case Ink::strong: out = "\x1b[1m"; break;
    case Ink::faint: out = "\x1b[2m"; break;
    case Ink::good: out = "\x1b[32m"; break;
    case Ink::doubtful: out = "\x1b[33m"; break;
    case Ink::bad: out = "\x1b[31m"; break;
  }
  return out.append(text).append("\x1b[0m");
}

}  // namespace usagectl
