#include "render/html/scale.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "render/html/html.hpp"

namespace usagectl {

std::vector<double> scale_to(double largest) {
  if (!(largest > 0)) return {0, 1};
  constexpr double kMostSteps = 5;
  const double decade = std::pow(10.0, std::floor(std::log10(largest / kMostSteps)));
  double step = 10 * decade;
  for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
    if (factor * decade * kMostSteps >= largest) {
      step = factor * decade;
      break;
    }
  }
  if (step < 1) step = 1;  // there are no parts of a token
  std::vector<double> marks = {0};
  while (marks.back() < largest) marks.push_back(static_cast<double>(marks.size()) * step);
  return marks;
}

std::string short_number(double number) {
  constexpr std::array<std::pair<double, std::string_view>, 6> kUnits = {
      {{1e18, "E"}, {1e15, "P"}, {1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e3, "k"}}};
  for (const auto& [size, unit] : kUnits) {
    if (number >= size) return svg_number(number / size).append(unit);
  }
  return svg_number(number);
}

}  // namespace usagectl
