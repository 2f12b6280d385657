#pragma once

#include <vector>

#include "analysis/checks/finding_groups.hpp"
#include "analysis/checks/reconcile_report.hpp"
#include "render/text/sheet.hpp"

namespace usagectl {

/// What a finding compares: counts, or amounts of money.
struct NumberCells {
  Cell asserted;
  Cell calculated;
  Cell difference;
};
NumberCells number_cells(const Finding& finding);

/// One row per finding.
Sheet reconcile_sheet(const ReconcileReport& report);

/// How many causes, findings and files there are of each severity, rule and cause.
Sheet counts_sheet(const std::vector<FindingGroup>& groups, const ReconcileReport& report);

}  // namespace usagectl
