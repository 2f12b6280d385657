#include "analysis/choose_views.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace usagectl {
namespace {

using Views = std::map<std::uint8_t, ViewSums>;

Views::const_iterator lowest_usage(const Views& views) {
  return std::find_if(views.begin(), views.end(), [](const auto& entry) {
    return entry.second.is_usage && entry.first != View::kNeverCounted;
  });
}

Views::const_iterator chosen_view(const Views& views) {
  const auto answering = std::find_if(views.begin(), views.end(), [](const auto& entry) {
    return entry.second.answers && entry.first != View::kNeverCounted;
  });
  return answering != views.end() ? answering : lowest_usage(views);
}

Tally total_of(const Unit& unit) {
  Tally total;
  const auto view = lowest_usage(unit.views);
  if (view == unit.views.end()) return total;
  for (const auto& [key, tally] : view->second.by_key) total.merge(tally);
  return total;
}

/// Whether `later` holds at least as much as `earlier` in every counter that both know.
bool contains(const Tally& later, const Tally& earlier) {
  for (std::size_t i = 0; i < kCounterCount; ++i) {
    if (later.known[i] == 0 || earlier.known[i] == 0) continue;
    if (later.sums[i] < earlier.sums[i]) return false;
  }
  return true;
}

/// Units whose usage is contained in a later snapshot of the same series.
std::set<const Unit*> superseded(const std::vector<Unit>& units) {
  std::map<std::string_view, std::vector<const Unit*>> series;
  for (const Unit& unit : units) {
    if (!unit.series.empty() && !unit.views.empty()) series[unit.series].push_back(&unit);
  }
  std::set<const Unit*> contained;
  for (auto& [name, snapshots] : series) {
    std::stable_sort(snapshots.begin(), snapshots.end(),
                     [](const Unit* a, const Unit* b) { return a->number < b->number; });
    for (std::size_t i = 0; i + 1 < snapshots.size(); ++i) {
      if (contains(total_of(*snapshots[i + 1]), total_of(*snapshots[i]))) contained.insert(snapshots[i]);
    }
  }
  return contained;
}

}  // namespace

std::vector<const ViewSums*> choose_views(Collector& collected) {
  const auto contained = superseded(collected.units);
  std::vector<const ViewSums*> chosen;
  for (const Unit& unit : collected.units) {
    const bool is_contained = contained.contains(&unit);
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
