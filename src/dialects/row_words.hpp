#pragma once

#include <cstdint>
#include <string_view>

#include "model/statistic.hpp"

namespace usagectl {

/// What the label of a row or a line says of it, where it is no call.

/// "run_end", "done", "Session finished", "final report": the end of a run. A call may be called so
/// as well.
bool is_called_end(std::string_view text);

/// "cumulative_usage", "usage_so_far": a total so far. Few names are looked at closely.
bool says_so_far(std::string_view name);

/// "Average", "mean per task", "p95", "Token limit": nothing in the label is a name of one's own.
Statistic statistic_called(std::string_view label);

/// "count", "25%", "p95": what stands beside an average in a table of statistics, and alone may be
/// anything.
bool may_be_beside_average(std::string_view name);

/// "24h", "last 7 days", "this month": how many hours the window of time has that ends now; 0 for
/// other labels, and for windows that end before, as "yesterday" does.
std::uint32_t hours_of_window(std::string_view label);

}  // namespace usagectl
