#pragma once

#include "analysis/summary_report.hpp"
#include "ledger/collector.hpp"

namespace usagectl {

/// The question that a summary by those keys asks of the records. No keys: whatever the records
/// have to tell them apart.
Question summary_question(const std::vector<std::string>& by);

/// Sums what was collected for summary_question(by). Takes the intake out of the collector.
SummaryReport summarize(Collector& collected, const std::vector<std::string>& by);

}  // namespace usagectl
