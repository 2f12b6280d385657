#pragma once

#include <string>

#include "analysis/checks/reconcile_report.hpp"
#include "render/text/style.hpp"

namespace usagectl {

/// One finding as a block of text:
///
///     token_usage.json  /after/o4-mini-2025-04-16/output_tokens
///       asserted     44,636
///       calculated   43,149   sum of 29 per_request_details
///       difference   +1,487   equals request 17 (output 1,487), which the list lacks
///       rule sum · cause detail-missing
///
/// Places are never cut, so that they can be copied.
std::string finding_block(const Finding& finding, const ReconcileReport& report,
                          const Style& style);

}  // namespace usagectl
