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
std::set<const Unit*> superseded(const Collector& collected) {
  std::set<const Unit*> contained;
  for (const auto& snapshots : snapshot_series(collected)) {
    for (std::size_t i = 0; i + 1 < snapshots.size(); ++i) {
      if (contains(held_before(*snapshots[i + 1], *snapshots[i]), usage_of(*snapshots[i]))) {
        contained.insert(snapshots[i]);
      }
    }
  }
  return contained;
}

}  // namespace

std::vector<const ViewSums*> choose_views(Collector& collected) {
  const auto contained = superseded(collected);
  std::vector<const ViewSums*> chosen;
  for (const Unit& unit : collected.units) {
    const bool is_covered = !unit.series.empty() && collected.covered_series.contains(unit.series);
    const bool is_contained = is_covered || contained.contains(&unit);
    const auto pick = chosen_view(unit.views);
    for (auto view = unit.views.begin(); view != unit.views.end(); ++view) {
      const ViewSums& sums = view->second;
      const bool counts = view == pick && !is_contained;
      if (counts) chosen.push_back(&sums);
      if (!sums.is_usage) continue;
      if (counts) {
        collected.intake.counted += sums.records;
      } else if (view->first == View::kNeverCounted) {
        collected.ignored(sums.name, sums.records);
      } else if (is_covered) {
        collected.ignored("told in more detail elsewhere", sums.records);
      } else if (is_contained) {
        collected.ignored("contained in a later snapshot", sums.records);
      } else {
        collected.ignored("another view of the same usage", sums.records);
      }
    }
  }
  return chosen;
}

}  // namespace usagectl
