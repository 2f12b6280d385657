#pragma once

#include <vector>

#include "ledger/collector.hpp"

namespace usagectl {

/// The sums that count: for each unit the view that answers the grouping asked for, else the one
/// of lowest rank; of a series of snapshots only those that no later one contains. Moves every
/// record of the collector into its bucket of the intake, so it must be called once.
std::vector<const ViewSums*> choose_views(Collector& collected);

}  // namespace usagectl
