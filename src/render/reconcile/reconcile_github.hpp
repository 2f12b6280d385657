#pragma once

#include <cstddef>
#include <string>

#include "analysis/checks/reconcile_report.hpp"

namespace usagectl {

/// GitHub shows no more annotations than this of one step.
inline constexpr std::size_t kMostAnnotations = 10;

/// The report as workflow commands of GitHub Actions, which it shows beside the files: what could
/// not be read first, then findings, worst first. What does not fit is summed up in a notice. The
/// last line, which is no command, says the verdict.
std::string reconcile_github(const ReconcileReport& report);

}  // namespace usagectl
