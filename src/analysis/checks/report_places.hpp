#pragma once

#include <vector>

#include "analysis/checks/reconcile_report.hpp"

namespace usagectl {

/// Every place that the report shows.
std::vector<Place*> places_of(ReconcileReport& report);

}  // namespace usagectl
