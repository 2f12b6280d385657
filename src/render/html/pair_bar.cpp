#include "render/html/pair_bar.hpp"

#include <algorithm>
#include <string_view>

namespace usagectl {

Html pair_bar(const std::optional<Count>& a, const std::optional<Count>& b, Count whole) {
  Html rects;
  const auto add = [&](const std::optional<Count>& count, std::string_view style,
                       std::string_view y) {
    if (!count || *count <= 0 || whole <= 0) return;
    const double width = 100.0 * static_cast<double>(*count) / static_cast<double>(whole);
    rects += Html::shape("rect", {{"class", std::string(style)},
                                  {"y", std::string(y)},
                                  {"width", svg_number(std::clamp(width, 0.8, 100.0))},
                                  {"height", "5"}});
  };
  add(a, "s0", "0");
  add(b, "s1", "6");
  return Html::element("svg",
                       {{"class", "bar"},
                        {"viewBox", "0 0 100 11"},
                        {"preserveAspectRatio", "none"},
                        {"aria-hidden", "true"}},
                       rects);
}

}  // namespace usagectl
