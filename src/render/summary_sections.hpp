#pragma once

#include <string>
#include <utility>
#include <vector>

#include "analysis/summary_report.hpp"

// What the reports of a summary for people are divided into.

namespace usagectl {

bool is_empty(const SummaryReport& report);

/// "by model, day"
std::string heading_of(const Breakdown& view);

/// The tables of the main view with their titles: one without a title, or one for each kind of
/// records and one for all of them together.
std::vector<std::pair<std::string, Breakdown>> main_tables(const SummaryReport& report);

/// Calls whose zone is not known keep the day that is written.
std::string zone_text(const SummaryReport& report);

}  // namespace usagectl
