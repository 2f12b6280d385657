#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>

#include "analysis/checks/reconcile_report.hpp"

namespace usagectl {

/// Those who read SARIF (code scanning of GitHub) take no more results than this of one run.
inline constexpr std::size_t kMostSarifResults = 5'000;

/// The report as a SARIF 2.1.0 log of one run. Results are worst first; what is cut is said in a
/// notification, and so is everything that could not be read.
nlohmann::ordered_json reconcile_sarif(const ReconcileReport& report,
                                       std::size_t most_results = kMostSarifResults);

}  // namespace usagectl
