#pragma once

#include "analysis/summary_report.hpp"
#include "render/html/html.hpp"
#include "render/html/time_chart.hpp"

namespace usagectl {

/// The sums of a breakdown over its first key that is a sequence, such as the day: stacked by model
/// where it is one of the keys, else by the first other key. No moments where there is no such key
/// or only one moment.
TimeChart chart_of(const Breakdown& breakdown);

/// The chart as a picture, and a sentence about the groups that are not in it.
Html summary_chart(const Breakdown& breakdown);

}  // namespace usagectl
