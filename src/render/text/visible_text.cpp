#include "render/text/visible_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/code_point.hpp"
#include "render/text/runner_command.hpp"

namespace usagectl {
namespace {

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= 0x20 && c < 0x7F && c != '#' && c != ':'; });
}

}  // namespace

std::string visible_text(std::string_view text) {
  if (is_plain(text)) return std::string(text);  // nearly every text is
  std::string visible;
  visible.reserve(text.size());
  const auto colons = colons_at_start(text);
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint character = code_point_at(text, at);
    // What is obeyed begins with a plain character, # or :
    const bool is_obeyed = begins_runner_command(text.substr(at)) || at == colons;
    if (!character.valid) {
      fmt::format_to(std::back_inserter(visible), "\\x{:02x}",
                     static_cast<unsigned char>(text[at]));
    } else if (!is_obeyed && !deceives(character.value)) {
      visible.append(text, at, character.length);
    } else if (character.value == '\n') {
      visible += "\\n";
    } else if (character.value == '\r') {
      visible += "\\r";
    } else if (character.value == '\t') {
      visible += "\\t";
    } else if (character.value < 0x80) {
      fmt::format_to(std::back_inserter(visible), "\\x{:02x}",
                     static_cast<unsigned>(character.value));
    } else {
      fmt::format_to(std::back_inserter(visible), "\\u{:04x}",
                     static_cast<unsigned>(character.value));
    }
    at += character.length;
  }
  return visible;
}

}  // namespace usagectl
