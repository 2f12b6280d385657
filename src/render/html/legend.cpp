#include "render/html/legend.hpp"

namespace usagectl {

Html legend(const std::vector<LegendEntry>& entries) {
  if (entries.empty()) return {};
  Html items;
  for (const LegendEntry& entry : entries) {
    const Html swatch = Html::element(
        "svg", {{"viewBox", "0 0 12 12"}, {"aria-hidden", "true"}},
        Html::shape("rect",
                    {{"class", entry.style}, {"width", "12"}, {"height", "12"}, {"rx", "2"}}));
    items += Html::element("li", {}, swatch + Html::text(entry.text));
  }
  return Html::element("ul", {{"class", "legend"}}, items);
}

}  // namespace usagectl
