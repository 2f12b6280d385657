#pragma once

#include <vector>

#include "analysis/checks/finding_groups.hpp"
#include "analysis/checks/reconcile_report.hpp"
#include "render/text/sheet.hpp"

namespace usagectl {

/// One row per finding.
Sheet reconcile_sheet(const ReconcileReport& report);

/// How many causes, findings and files there are of each severity, rule and cause.
Sheet counts_sheet(const std::vector<FindingGroup>& groups, const ReconcileReport& report);

}  // namespace usagectl
