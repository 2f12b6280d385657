#pragma once

#include <string>

#include "analysis/checks/reconcile_report.hpp"

namespace usagectl {

/// The report as JUnit XML, a suite for each file: a finding that decides the verdict is a failed
/// case of its file, and a problem is a case with an error. A file without either has one case that
/// passes, or is skipped if the file holds no known usage. The last suite is the account.
std::string reconcile_junit(const ReconcileReport& report);

}  // namespace usagectl
