#include "formats/text_lines.hpp"

#include <charconv>
#include <string>

namespace usagectl {

std::optional<Count> take_count(std::string_view& text) {
  std::string digits;
  std::size_t used = 0;
  for (; used < text.size(); ++used) {
    const char c = text[used];
    if (c >= '0' && c <= '9') {
      digits.push_back(c);
    } else if (c != ',' || digits.empty() || used + 1 >= text.size() || text[used + 1] < '0' ||
               text[used + 1] > '9') {
      break;
    }
  }
  Count count = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  if (digits.empty() || error != std::errc()) return std::nullopt;
  text.remove_prefix(used);
  return count;
}

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool skip_past(std::string_view& text, std::string_view mark) {
  const auto at = text.find(mark);
  if (at == std::string_view::npos) return false;
  text.remove_prefix(at + mark.size());
  return true;
}

}  // namespace usagectl
