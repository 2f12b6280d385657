#pragma once

#include <string>

#include "analysis/checks/finding_groups.hpp"
#include "analysis/checks/reconcile_report.hpp"
#include "render/text/style.hpp"

namespace usagectl {

/// The findings of one cause as a block of text. One alone is shown as finding_block() does,
/// several as the cause with a table of the numbers that it explains:
///
///     token_usage.json:12  /after/o4-mini-2025-04-16
///       request 2 is missing from the list (output 1,487)
///       calculated: sum of 29 per_request_details
///       number         asserted  calculated  difference
///       output_tokens    44,636      43,149      +1,487
///       total_tokens     50,120      48,633      +1,487
///       rule sum · cause detail-missing
std::string group_block(const FindingGroup& group, const ReconcileReport& report,
                        const Style& style);

}  // namespace usagectl
