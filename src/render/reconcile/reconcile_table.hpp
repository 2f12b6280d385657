#pragma once

#include <string>

#include "analysis/checks/reconcile_report.hpp"
#include "render/text/style.hpp"

namespace usagectl {

/// The report for a terminal: the verdict, a block for each finding, the problems, and the account
/// of everything that was read.
std::string reconcile_table(const ReconcileReport& report, const Style& style);

}  // namespace usagectl
