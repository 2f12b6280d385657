#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>

#include "analysis/checks/reconcile_report.hpp"

namespace usagectl {

/// GitHub code scanning accepts at most this number of results per run.
inline constexpr std::size_t kMostSarifResults = 5'000;

/// The report as a SARIF 2.1.0 log of one run. Results are worst first. Notifications
/// count the results that do not fit and list the problems.
nlohmann::ordered_json reconcile_sarif(const ReconcileReport& report,
                                       std::size_t most_results = kMostSarifResults);

}  // namespace usagectl
