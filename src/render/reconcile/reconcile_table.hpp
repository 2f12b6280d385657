#pragma once

#include <string>

#include "analysis/checks/reconcile_report.hpp"
#include "render/text/style.hpp"

namespace usagectl {

/// The report for people at a terminal: the verdict, a block for each finding, what could not be
/// read, and where everything went.
std::string reconcile_table(const ReconcileReport& report, const Style& style);

}  // namespace usagectl
