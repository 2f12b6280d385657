#pragma once

#include <string>

#include "analysis/checks/reconcile_report.hpp"

namespace usagectl {

/// The reasons for the verdict in one line: "212 checks in 24 files hold", "3 findings: 2 errors,
/// 1 warning; 209 checks hold".
std::string verdict_text(const ReconcileReport& report);

}  // namespace usagectl
