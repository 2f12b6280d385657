#include "render/text/text_width.hpp"

#include <algorithm>
#include <span>
#include <vector>

#include "base/code_point.hpp"
#include "render/text/width_ranges.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kEllipsis = "…";

bool holds(std::span<const CodePointRange> ranges, char32_t code_point) {
  const auto after = std::upper_bound(
      ranges.begin(), ranges.end(), code_point,
      [](char32_t value, const CodePointRange& range) { return value < range.first; });
  return after != ranges.begin() && code_point <= std::prev(after)->last;
}

std::size_t width_of(char32_t code_point) {
  if (code_point < 0x300) return 1;  // before the first mark
  if (holds(kZeroWidth, code_point)) return 0;
  return holds(kWide, code_point) ? 2 : 1;
}

/// A character with everything that is drawn upon it, or joined to it.
struct Cluster {
  std::size_t begin;  ///< bytes
  std::size_t end;
  std::size_t width;
};

std::vector<Cluster> clusters_of(std::string_view text) {
  constexpr char32_t kJoiner = 0x200D;
  std::vector<Cluster> clusters;
  bool joined = false;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint character = code_point_at(text, at);
    const std::size_t width = width_of(character.value);
    const std::size_t end = at + character.length;
    if (!clusters.empty() && (width == 0 || joined)) {
      clusters.back().end = end;
      clusters.back().width += width;
    } else {
      clusters.push_back({at, end, width});
    }
    joined = character.value == kJoiner;
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
