#pragma once

#include <nlohmann/json_fwd.hpp>

#include "analysis/checks/reconcile_report.hpp"

namespace usagectl {

/// The report in the shape usagectl.reconcile/1.
nlohmann::ordered_json reconcile_json(const ReconcileReport& report);

}  // namespace usagectl
