#pragma once

#include <string>
#include <vector>

#include "analysis/summary_report.hpp"
#include "render/text/sheet.hpp"

namespace usagectl {

/// One row per group: its keys, how many records, their sums, and (for machines) how many records
/// knew each counter. Not longer-lived than the breakdown.
MadeSheet summary_sheet(const Breakdown& breakdown, const Tally& total);

/// The sum over all groups.
Tally tally_of(const Breakdown& breakdown);

/// Remarks on what was calculated by the prices.
std::vector<std::string> price_notes(const CalculatedCosts& costs);

/// Remarks on the sums: which of them lack some records, and which are too large for 64 bits.
std::vector<std::string> footnotes(const Tally& tally);

}  // namespace usagectl
