#pragma once

#include <vector>

#include "analysis/checks/reconcile_report.hpp"

namespace usagectl {

/// Every place that the report shows, to be given its line (see find_lines).
std::vector<Place*> shown_places(ReconcileReport& report);

}  // namespace usagectl
