#include "ledger/calls/windows_of_time.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "model/tally.hpp"

namespace usagectl {
namespace {

using ByWidth = std::map<std::uint32_t, Tally>;

bool are_nested(const ByWidth& windows) {
  return std::ranges::adjacent_find(windows, [](const auto& narrow, const auto& wide) {
           return std::any_of(kCounters.begin(), kCounters.end(), [&](Counter counter) {
             const auto at = static_cast<std::size_t>(counter);
             return counter != Counter::requests && narrow.second.known[at] > 0 &&
                    wide.second.known[at] > 0 && wide.second.sums[at] < narrow.second.sums[at];
           });
         }) == windows.end();
}

}  // namespace

bool WindowsOfTime::take(UsageRecord& record) {
  if (rows_.size() >= kMost) return false;
  rows_.push_back(std::move(record));
  return true;
}

WindowsOfTime::Settled WindowsOfTime::finish() {
  Settled settled;
  std::vector<UsageRecord> rows = std::exchange(rows_, {});
  ByWidth windows;
  for (const UsageRecord& row : rows) windows[row.sums.window_hours].add(row.counts);
  const bool are_several = windows.size() > 1;
  const bool is_one_counted = are_several && are_nested(windows);
  if (are_several && !is_one_counted) settled.doubtful = rows.front().place;
  for (UsageRecord& row : rows) {
    const bool is_held = is_one_counted && row.sums.window_hours != windows.rbegin()->first;
    row.sums.window_hours = 0;
    (is_held ? settled.held : settled.counted).push_back(std::move(row));
  }
  return settled;
}

}  // namespace usagectl
