#include "render/text/text_width.hpp"

#include <utf8proc.h>

#include <vector>

#include "base/code_point.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kEllipsis = "…";

std::size_t width_of(char32_t code_point) {
  if (code_point < 0x300) return 1;  // before the first mark
  return static_cast<std::size_t>(utf8proc_charwidth(static_cast<utf8proc_int32_t>(code_point)));
}

/// A character with everything that is drawn upon it, or joined to it.
struct Cluster {
  std::size_t begin;  ///< bytes
  std::size_t end;
  std::size_t width;
};

std::vector<Cluster> clusters_of(std::string_view text) {
  std::vector<Cluster> clusters;
  utf8proc_int32_t state = 0;
  utf8proc_int32_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint character = code_point_at(text, at);
    const auto value = static_cast<utf8proc_int32_t>(character.value);
    const std::size_t width = width_of(character.value);
    const std::size_t end = at + character.length;
    if (clusters.empty() || utf8proc_grapheme_break_stateful(before, value, &state)) {
      clusters.push_back({at, end, width});
    } else {
      clusters.back().end = end;
      clusters.back().width += width;
    }
    before = value;
    at = end;
  }
  return clusters;
}

/// How many clusters, taken from the front of `clusters`, fit into `width`.
template <typename Iterator>
Iterator fitting(Iterator first, Iterator last, std::size_t width) {
  while (first != last && first->width <= width) {
    width -= first->width;
    ++first;
  }
  return first;
}

}  // namespace

std::size_t text_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    // Most texts of a table are nothing else.
    if (text[at] >= ' ' && text[at] <= '~') {
      ++width;
      ++at;
      continue;
    }
    const CodePoint character = code_point_at(text, at);
    width += width_of(character.value);
    at += character.length;
  }
  return width;
}

std::string cut_at_end(std::string_view text, std::size_t width) {
  if (text_width(text) <= width) return std::string(text);
  if (width == 0) return {};
  const auto clusters = clusters_of(text);
  const auto head = fitting(clusters.begin(), clusters.end(), width - 1);
  return std::string(text.substr(0, head->begin)).append(kEllipsis);
}

std::string cut_in_front(std::string_view text, std::size_t width) {
  if (text_width(text) <= width) return std::string(text);
  if (width == 0) return {};
  const auto clusters = clusters_of(text);
  const auto tail = fitting(clusters.rbegin(), clusters.rend(), width - 1);
  return std::string(kEllipsis).append(text.substr(tail->end));
}

std::string cut_in_middle(std::string_view text, std::size_t width) {
  if (text_width(text) <= width) return std::string(text);
  if (width < 3) return cut_at_end(text, width);
  const auto clusters = clusters_of(text);
  const std::size_t tail_width = (width - 1) / 2;
  const auto tail = fitting(clusters.rbegin(), clusters.rend(), tail_width);
  const auto head = fitting(clusters.begin(), clusters.end(), width - 1 - tail_width);
  return std::string(text.substr(0, head->begin)).append(kEllipsis).append(text.substr(tail->end));
}

}  // namespace usagectl
