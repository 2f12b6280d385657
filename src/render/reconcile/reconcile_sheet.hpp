#pragma once

#include "analysis/checks/reconcile_report.hpp"
#include "render/text/sheet.hpp"

namespace usagectl {

/// One row per finding.
Sheet reconcile_sheet(const ReconcileReport& report);

}  // namespace usagectl
