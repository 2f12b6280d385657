#pragma once

#include <map>
#include <string>
#include <vector>

#include "ledger/books/books.hpp"

namespace usagectl {

/// The snapshots of each series, earliest first: by their number; those without one by the name of
/// their file. Two such orders of one series are merged so that no running total falls that need
/// not.
std::vector<std::vector<const Unit*>> snapshot_series(const Books& books);

/// The view whose records count as the unit's usage, when nobody asks for another.
std::map<std::uint8_t, ViewSums>::const_iterator lowest_usage_view(
    const std::map<std::uint8_t, ViewSums>& views);

/// The sums of that view.
Tally usage_of(const Unit& unit);

/// Whether other records report the usage of the snapshot: of its series, or of what its file
/// reports of it.
bool is_covered(const Books& books, const std::string& series, FileId file);

/// Whether `later` holds at least as much as `earlier` in every counter that both know.
bool contains(const Tally& later, const Tally& earlier);

}  // namespace usagectl
