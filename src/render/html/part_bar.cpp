#include "render/html/part_bar.hpp"

#include <algorithm>

namespace usagectl {
namespace {

constexpr double kWidth = 100;
constexpr double kGap = 0.6;      // between two parts, in a cell
constexpr double kWideGap = 0.2;  // in a bar as wide as the page
constexpr double kVisible = 0.8;  // what is not nothing is seen

}  // namespace

std::vector<Stretch> stretches(const std::vector<Count>& parts, Count whole) {
  std::vector<Stretch> list;
  double at = 0;
  for (const Count part : parts) {
    const double share =
        whole > 0 && part > 0 ? kWidth * static_cast<double>(part) / static_cast<double>(whole) : 0;
    const double width = std::max(0.0, std::min(share, kWidth - at));
    list.push_back({at, width});
    at += width;
  }
  return list;
}

Html part_bar(const std::vector<TokenPart>& parts, Count whole, std::string_view size) {
  std::vector<Count> counts;
  for (const TokenPart& part : parts) counts.push_back(part.count);
  const std::vector<Stretch> drawn = stretches(counts, whole);
  const double gap = size.empty() ? kGap : kWideGap;
  Html rects;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].count <= 0) continue;
    const bool is_last = i + 1 == parts.size();
    const double width =
        drawn[i].width > 2 * gap && !is_last ? drawn[i].width - gap : drawn[i].width;
    rects += Html::shape("rect", {{"class", std::string(parts[i].style)},
                                  {"x", svg_number(std::min(drawn[i].from, kWidth - kVisible))},
                                  {"width", svg_number(std::max(width, kVisible))},
                                  {"height", "8"}});
  }
  std::string style = "bar";
  if (!size.empty()) style.append(" ").append(size);
  return Html::element("svg",
                       {{"class", style},
                        {"viewBox", "0 0 100 8"},
                        {"preserveAspectRatio", "none"},
                        {"aria-hidden", "true"}},
                       rects);
}

}  // namespace usagectl
