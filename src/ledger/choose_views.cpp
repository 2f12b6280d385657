#include "ledger/choose_views.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "ledger/snapshot_series.hpp"

namespace usagectl {
namespace {

using Views = std::map<std::uint8_t, ViewSums>;

Views::const_iterator chosen_view(const Views& views) {
  const auto answering = std::find_if(views.begin(), views.end(), [](const auto& entry) {
    return entry.second.answers && entry.first != View::kNeverCounted;
  });
  return answering != views.end() ? answering : lowest_usage_view(views);
}

/// Units whose usage is contained in a later snapshot of the same series.
std::set<const Unit*> superseded(const Books& books) {
  std::set<const Unit*> contained;
  for (const auto& snapshots : snapshot_series(books)) {
    for (std::size_t i = 0; i + 1 < snapshots.size(); ++i) {
      if (contains(held_before(*snapshots[i + 1], *snapshots[i]), usage_of(*snapshots[i]))) {
        contained.insert(snapshots[i]);
      }
    }
  }
  return contained;
}

}  // namespace

void count_views(Books& books) {
  const auto contained = superseded(books);
  const auto ignore = [&](std::string_view rule, std::uint64_t objects) {
    if (objects > 0) books.intake.ignored[std::string(rule)] += objects;
  };
  for (UnitId id = 0; id < books.units.size(); ++id) {
    const Unit& unit = books.units[id];
    const bool is_covered = !unit.series.empty() && books.covered_series.contains(unit.series);
    const bool is_contained = is_covered || contained.contains(&unit);
    const auto pick = chosen_view(unit.views);
    for (auto view = unit.views.begin(); view != unit.views.end(); ++view) {
      const ViewSums& sums = view->second;
      const bool counts = view == pick && !is_contained;
      if (counts) books.counted_views.push_back({id, view->first});
      if (!sums.is_usage) continue;
      if (counts) {
        books.intake.counted += sums.records;
      } else if (view->first == View::kNeverCounted) {
        ignore(sums.name, sums.records);
      } else if (is_covered) {
        ignore("told in more detail elsewhere", sums.records);
      } else if (is_contained) {
        ignore("contained in a later snapshot", sums.records);
      } else {
        ignore("another view of the same usage", sums.records);
      }
    }
  }
}

}  // namespace usagectl
