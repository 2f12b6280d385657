#pragma once

#include <vector>

#include "ledger/books.hpp"
#include "model/observations.hpp"

namespace usagectl {

/// Turns running totals that were held back until the last file into what each of them adds, as
/// records and findings: of a series in order of time, or of the names of its files, each grew from
/// the one before it; the first one is what was used before anybody looked, unless its thread is
/// new; one that fell begins again from 0, which is a finding. Their units are then no snapshots of
/// each other any more: they add up.
Observations settle_running_totals(Books& books, std::vector<UsageRecord> held_back);

}  // namespace usagectl
