#pragma once

#include <string>
#include <utility>
#include <vector>

#include "analysis/bill/match_bill.hpp"

namespace usagectl {

/// The reading of the logs' times with which most buckets agree, where that is no accident: logs in
/// local time are some hours off.
Reading read_zone(const BillMatcher& matcher);

/// Models that the logs name otherwise than the report: what is logged as one is billed as the
/// other in their windows. Adds them to the reading.
void read_aliases(const BillMatcher& matcher, Reading& reading);

/// Runs of buckets, by their indices, of which only the sum agrees:
/// calls that began at the end of one and were billed in the next.
std::vector<std::vector<std::size_t>> late_arrivals(const std::vector<BillBucket>& buckets);

/// Indices of the buckets with the same labels whose windows follow one another.
std::vector<std::vector<std::size_t>> chains_of(const std::vector<BillBucket>& buckets);

}  // namespace usagectl
