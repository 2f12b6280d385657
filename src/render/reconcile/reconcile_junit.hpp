#pragma once

#include <string>

#include "analysis/checks/reconcile_report.hpp"

namespace usagectl {

/// The report as JUnit XML: a finding that decides the verdict is a failed case of its file, what
/// could not be read is a case with an error, a file without either has one case that passes, and
/// a file in which nothing is known one that is skipped.
std::string reconcile_junit(const ReconcileReport& report);

}  // namespace usagectl
