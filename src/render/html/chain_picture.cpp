#include "render/html/chain_picture.hpp"

#include <algorithm>

namespace usagectl {

Html chain_picture(Count responses) {
  constexpr Count kMostDots = 24;
  constexpr double kPitch = 14;
  constexpr double kMiddle = 8;
  if (responses <= 0) return {};
  const Count dots = std::min(responses, kMostDots);
  const double last = kMiddle + kPitch * static_cast<double>(dots - 1);
  const double end = responses > dots ? last + kPitch : last;
  Html drawn;
  if (end > kMiddle) {
    drawn += Html::shape("line", {{"x1", svg_number(kMiddle)},
                                  {"x2", svg_number(end)},
                                  {"y1", svg_number(kMiddle)},
                                  {"y2", svg_number(kMiddle)}});
  }
  for (Count i = 0; i < dots; ++i) {
    drawn += Html::shape("circle", {{"cx", svg_number(kMiddle + kPitch * static_cast<double>(i))},
                                    {"cy", svg_number(kMiddle)},
                                    {"r", "4.5"}});
  }
  const std::string width = svg_number(end + kMiddle);
  return Html::element("svg",
                       {{"class", "links"},
                        {"viewBox", "0 0 " + width + " 16"},
                        {"width", width},
                        {"aria-hidden", "true"}},
                       drawn);
}

}  // namespace usagectl
