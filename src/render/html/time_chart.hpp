#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/count.hpp"
#include "render/html/html.hpp"

namespace usagectl {

/// The sums of one model, or of everything, over time.
struct TimeSeries {
  std::string name;
  std::vector<ExactSum> sums;  ///< one for each moment
};

/// A chart of columns over time, with a stack of the series in each.
struct TimeChart {
  std::string title;                 ///< "total by day"
  std::string_view unit;             ///< of the moments: "day"
  std::vector<std::string> moments;  ///< in their order
  std::vector<TimeSeries> series;    ///< the first is at the bottom; more than six are put together
};

/// How many moments share a column, so that a column can be seen.
std::size_t moments_per_column(std::size_t moments);

/// The chart with its legend. Every column says its numbers to a pointer that rests on it; a table
/// has to say them to everybody else.
Html time_chart(const TimeChart& chart);

}  // namespace usagectl
