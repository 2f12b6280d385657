#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "model/count.hpp"

namespace usagectl {

/// Calls visit(line_number, line) for each line, without its line end (LF or CRLF).
template <typename Visit>
void each_line(std::string_view text, Visit&& visit) {
  std::uint64_t number = 0;
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    visit(++number, line);
  }
}

/// A count as people write it, "21,624" or "21624", read off the front of `text`; nothing when no
/// such number stands there or it does not fit.
std::optional<Count> take_count(std::string_view& text);

/// Removes `prefix` from the front of `text`, when it stands there.
bool take(std::string_view& text, std::string_view prefix);

/// Cuts `text` behind the first `mark`; false when there is none.
bool skip_past(std::string_view& text, std::string_view mark);

}  // namespace usagectl
