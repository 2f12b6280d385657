#include "render/wrapped_text.hpp"

#include "render/text_width.hpp"

namespace usagectl {

std::vector<std::string> wrapped_text(std::string_view text, std::size_t width) {
  if (width == 0) return {std::string(text)};
  std::vector<std::string> lines(1);
  std::size_t used = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = text.find_first_not_of(' ', at);
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    const std::size_t word_width = text_width(word);
    if (used > 0 && used + 1 + word_width > width) {
      lines.emplace_back();
      used = 0;
    }
    if (used > 0) {
      lines.back().push_back(' ');
      ++used;
    }
    lines.back() += word;
    used += word_width;
    at = end;
  }
  return lines;
}

}  // namespace usagectl
