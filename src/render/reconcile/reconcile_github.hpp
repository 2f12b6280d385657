#pragma once

#include <cstddef>
#include <string>

#include "analysis/checks/reconcile_report.hpp"

namespace usagectl {

/// GitHub shows at most this number of annotations per step.
inline constexpr std::size_t kMostAnnotations = 10;

/// The report as workflow commands of GitHub Actions, which are shown beside the files: errors
/// first, then problems, warnings and notes. A notice counts those that do not fit. The last line
/// is plain text with the verdict.
std::string reconcile_github(const ReconcileReport& report);

}  // namespace usagectl
