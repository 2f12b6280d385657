#pragma once

#include <cstdint>
#include <vector>

#include "analysis/bill/billed_usage.hpp"
#include "model/finding.hpp"

namespace usagectl {

/// What the comparison of logs with a provider's reports found.
struct BillComparison {
  std::uint64_t held = 0;         ///< numbers of buckets that agree
  std::uint64_t unprovable = 0;   ///< numbers that only some of the logged calls have
  std::vector<Finding> findings;  ///< places are in the files of the reports
};

/// Compares each report with the logs, by window, model, and project and key where both have them.
/// A bucket above its logs is a warning with the amount, logs above their bucket are an error; both
/// name the cause where the numbers show it.
BillComparison compare_bill(const BilledUsage& billed, const LoggedUsage& logged);

}  // namespace usagectl
