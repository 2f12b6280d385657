#include "render/text/bar_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace usagectl {

std::string bar_text(Count part, Count whole, std::size_t width) {
  constexpr std::array<std::string_view, 8> kEighths = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  if (part <= 0 || whole <= 0) return {};
  const double share = std::min(1.0, static_cast<double>(part) / static_cast<double>(whole));
  const auto eighths = std::max<std::size_t>(
      1, static_cast<std::size_t>(share * 8 * static_cast<double>(width) + 0.5));
  std::string bar;
  for (std::size_t i = 0; i < eighths / 8; ++i) bar += "█";
  return bar.append(kEighths[eighths % 8]);
}

}  // namespace usagectl
