#pragma once

#include "ledger/books/books.hpp"
#include "ledger/series/run_copies.hpp"

namespace usagectl {

/// Chooses the views that count: for each unit the view that answers the grouping asked for, else
/// the one of lowest rank; of a series of snapshots only those that no later one contains. Moves
/// every record into its bucket of the intake, so it must be called once. Returns the units that
/// are copies of others.
///
/// `logged`: units of buckets of a provider's report whose calls are logged.
std::set<UnitId> count_views(Books& books, const RunCopies& runs, const std::set<UnitId>& logged);

}  // namespace usagectl
