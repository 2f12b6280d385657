#include "capture/long_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace usagectl {

void reject_long_lines(TextBuffer& block, std::uint64_t lines_before, std::size_t longest_bytes,
                       const FileContext& file, Observations& found) {
  if (block.size() <= longest_bytes) return;
  std::string kept;
  std::uint64_t line_number = lines_before;
  bool is_any_long = false;
  for (std::string_view text = block.text(); !text.empty();) {
    ++line_number;
    const std::size_t size = std::min(text.find('\n'), text.size());
    if (size > longest_bytes) {
      is_any_long = true;
      found.unreadable({file.id, line_number, {}},
                       {fmt::format("is longer than {} bytes", longest_bytes), {}, {}});
    } else {
      kept += text.substr(0, size);
    }
    if (size < text.size()) kept.push_back('\n');
    text.remove_prefix(std::min(size + 1, text.size()));
  }
  if (is_any_long) block.assign(kept);
}

}  // namespace usagectl
