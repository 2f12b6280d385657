#pragma once

#include <vector>

#include "ledger/books/books.hpp"
#include "model/observations.hpp"

namespace usagectl {

/// Turns running totals that were held back until the last file into what each of them adds, as
/// records and findings. The tellings of a series, in whatever files, are put into the one order in
/// which nothing falls: what is told again counts once, and each telling counts what the total grew
/// by since the one before it. The first one is what was used before anybody looked, unless its
/// thread is new. Where no order explains all tellings the total began again from 0, which is a
/// finding. The units of the series are then no snapshots of each other any more: they add up.
Observations settle_running_totals(Books& books, std::vector<UsageRecord> held_back);

}  // namespace usagectl
