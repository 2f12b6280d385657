#include "ledger/series/snapshot_series.hpp"

#include <algorithm>
#include <string_view>

#include "ledger/books/group_key.hpp"
#include "model/covered_series.hpp"

namespace usagectl {
namespace {

using Snapshots = std::vector<const Unit*>;

/// Without numbers nothing says how two orders go together. What holds less came first.
Snapshots merge(const Snapshots& numbered, const Snapshots& named) {
  Snapshots merged;
  std::size_t next = 0;
  for (const Unit* unit : numbered) {
    while (next < named.size() && contains(usage_of(*unit), usage_of(*named[next])))
      merged.push_back(named[next++]);
    merged.push_back(unit);
  }
  merged.insert(merged.end(), named.begin() + static_cast<std::ptrdiff_t>(next), named.end());
  return merged;
}

}  // namespace

std::vector<Snapshots> snapshot_series(const Books& books) {
  struct Series {
    Snapshots numbered;
    Snapshots named;
  };
  std::map<std::string_view, Series> all;
  for (const Unit& unit : books.units) {
    if (unit.series.empty() || unit.views.empty()) continue;
    Series& series = all[unit.series];
    (unit.number ? series.numbered : series.named).push_back(&unit);
  }
  std::vector<Snapshots> ordered;
  for (auto& [name, series] : all) {
    std::stable_sort(series.numbered.begin(), series.numbered.end(),
                     [](const Unit* a, const Unit* b) { return *a->number < *b->number; });
    std::stable_sort(series.named.begin(), series.named.end(), [&](const Unit* a, const Unit* b) {
      const auto& names = books.file_names;
      return natural_less(names[a->place.file], names[b->place.file]);
    });
    ordered.push_back(merge(series.numbered, series.named));
  }
  return ordered;
}

std::map<std::uint8_t, ViewSums>::const_iterator lowest_usage_view(
    const std::map<std::uint8_t, ViewSums>& views) {
  return std::find_if(views.begin(), views.end(), [](const auto& entry) {
    return entry.second.is_usage && entry.first != View::kNeverCounted;
  });
}

Tally usage_of(const Unit& unit) {
  Tally total;
  const auto view = lowest_usage_view(unit.views);
  if (view == unit.views.end()) return total;
  for (const auto& [key, tally] : view->second.by_key) total.merge(tally);
  return total;
}

bool is_covered(const Books& books, const std::string& series, FileId file) {
  if (series.empty() || books.covered_series.empty()) return false;
  return books.covered_series.contains(series) ||
         books.covered_series.contains(covered_in(series, books.file_names[file]));
}

bool contains(const Tally& later, const Tally& earlier) {
  for (const Counter counter : kCounters) {
    const auto is = whole_sum(later, counter);
    const auto was = whole_sum(earlier, counter);
    if (is && was && *is < *was) return false;
  }
  return true;
}

}  // namespace usagectl
