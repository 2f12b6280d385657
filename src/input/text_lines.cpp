#include "input/text_lines.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace usagectl {

std::optional<Count> take_count(std::string_view& text) {
  std::size_t used = std::min(text.find_first_not_of("0123456789,"), text.size());
  while (used > 0 && text[used - 1] == ',') --used;  // of the sentence, not of the number
  const std::string_view number = text.substr(0, used);
  std::string digits;
  const bool is_grouped = number.find(',') != std::string_view::npos;
  std::size_t in_group = 0;
  for (const char c : number) {
    if (c != ',') {
      digits.push_back(c);
      ++in_group;
      continue;
    }
    const bool is_first = digits.size() == in_group;
    if (in_group == 0 || in_group > 3 || (!is_first && in_group != 3)) return std::nullopt;
    in_group = 0;
  }
  if (is_grouped && in_group != 3) return std::nullopt;
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
