#pragma once

#include "analysis/reconcile_report.hpp"
#include "render/sheet.hpp"

namespace usagectl {

/// One row per finding.
Sheet reconcile_sheet(const ReconcileReport& report);

}  // namespace usagectl
