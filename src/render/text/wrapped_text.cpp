#include "render/text/wrapped_text.hpp"

#include <algorithm>

#include "render/text/text_width.hpp"

namespace usagectl {

std::vector<std::string> wrapped_text(std::string_view text, std::size_t width) {
  if (width == 0) return {std::string(text)};
  std::vector<std::string> lines(1);
  std::size_t used = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = std::min(text.find_first_not_of(' ', at), text.size());
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::size_t gap = begin - at;
    const std::string_view word = text.substr(begin, end - begin);
    const std::size_t word_width = text_width(word);
    if (used > 0 && used + gap + word_width > width) {
      lines.emplace_back(word);
      used = word_width;
    } else {
      lines.back().append(gap, ' ').append(word);
      used += gap + word_width;
    }
    at = end;
  }
  return lines;
}

}  // namespace usagectl
