#include "formats/layouts/text/text_block.hpp"

#include <algorithm>

namespace usagectl {
namespace {

constexpr std::size_t kMostLines = 80;
constexpr std::size_t kMostBytes = std::size_t{16} * 1024;

std::ptrdiff_t opened_in(std::string_view line) {
  std::ptrdiff_t depth = 0;
  for (const char c : line) {
    if (c == '{' || c == '(' || c == '[') ++depth;
    if (c == '}' || c == ')' || c == ']') --depth;
  }
  return depth;
}

}  // namespace

std::size_t join_block(const std::vector<std::string_view>& lines, std::size_t at,
                       std::string& joined) {
  const auto end = lines[at].find_last_not_of(" \t\r");
  if (end == std::string_view::npos || (lines[at][end] != '{' && lines[at][end] != '(')) return 0;
  joined.clear();
  std::ptrdiff_t depth = 0;
  const std::size_t last = std::min(lines.size(), at + kMostLines);
  for (std::size_t i = at; i < last; ++i) {
    if (joined.size() + lines[i].size() > kMostBytes) return 0;
    joined += lines[i];
    joined.push_back(' ');
    depth += opened_in(lines[i]);
    if (depth <= 0) return i + 1 - at;
  }
  return 0;
}

}  // namespace usagectl
