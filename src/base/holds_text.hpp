#pragma once

#include <cstring>
#include <string_view>

namespace usagectl {

/// Whether the part is in the text. Every file is asked for some words, and find() stops wherever
/// their first letter is, at each quote of a JSON text.
inline bool holds_text(std::string_view text, std::string_view part) {
  return memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
}

}  // namespace usagectl
