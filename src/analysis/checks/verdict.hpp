#pragma once

#include "analysis/checks/reconcile_report.hpp"

namespace usagectl {

/// Puts the findings into their order and draws the verdict from them, anew whenever they change.
void judge(ReconcileReport& report);

}  // namespace usagectl
