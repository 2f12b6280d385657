#pragma once

#include <cstdint>

namespace usagectl {

/// What a row of statistics says of the rows around it.
enum class Statistic : std::uint8_t {
  none,
  mean,
  middle,   ///< a median, a percentile
  spread,   ///< a standard deviation
  largest,  ///< or somebody is called Max
  smallest,
  limit,  ///< a limit, a budget, what remains
  difference,
};

}  // namespace usagectl
