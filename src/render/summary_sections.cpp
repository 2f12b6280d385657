#include "render/summary_sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "render/text/words.hpp"

namespace usagectl {
namespace {

/// Records of several kinds have different keys, as a folder with logs and a simulation does: the
/// groups with the same keys, models aside, as a breakdown of their own. One if all have the same.
std::vector<Breakdown> kinds_of(const Breakdown& breakdown) {
  std::map<std::vector<bool>, std::size_t> known;
  std::vector<Breakdown> kinds;
  for (const SummaryGroup& group : breakdown.groups) {
    std::vector<bool> has;
    for (std::size_t i = 0; i < breakdown.by.size(); ++i)
      has.push_back(breakdown.by[i] != "model" && group.key[i].has_value());
    const auto [kind, is_new] = known.try_emplace(std::move(has), kinds.size());
    if (is_new) kinds.push_back({breakdown.by, {}, {}, 0});
    kinds[kind->second].groups.push_back(group);
  }
  return kinds;
}

/// The same without the keys that no group has.
Breakdown without_unused_keys(const Breakdown& breakdown) {
  Breakdown used;
  used.groups.resize(breakdown.groups.size());
  for (std::size_t i = 0; i < breakdown.by.size(); ++i) {
    const bool is_used =
        std::any_of(breakdown.groups.begin(), breakdown.groups.end(),
                    [i](const SummaryGroup& group) { return group.key[i].has_value(); });
    if (!is_used) continue;
    used.by.push_back(breakdown.by[i]);
    for (std::size_t row = 0; row < breakdown.groups.size(); ++row)
      used.groups[row].key.push_back(breakdown.groups[row].key[i]);
  }
  for (std::size_t row = 0; row < breakdown.groups.size(); ++row) {
    used.groups[row].tally = breakdown.groups[row].tally;
    used.groups[row].calculated = breakdown.groups[row].calculated;
  }
  return used;
}

}  // namespace

bool is_empty(const SummaryReport& report) {
  return report.total.records == 0 && report.others.empty();
}

std::string heading_of(const Breakdown& view) {
  return fmt::format("by {}", joined(view.by, ", "));
}

std::vector<std::pair<std::string, Breakdown>> main_tables(const SummaryReport& report) {
  const bool is_whole = report.main.rest_groups == 0;
  const auto kinds =
      report.is_grouped_by_default && is_whole ? kinds_of(report.main) : std::vector<Breakdown>{};
  if (kinds.size() < 2) return {{std::string(), report.main}};
  std::vector<std::pair<std::string, Breakdown>> tables;
  for (const Breakdown& kind : kinds) {
    Breakdown table = without_unused_keys(kind);
    std::string title = table.by.empty() ? "without a model" : heading_of(table);
    tables.emplace_back(std::move(title), std::move(table));
  }
  tables.emplace_back("all together", Breakdown{{}, {{{}, report.total, {}}}, {}, 0});
  if (report.calculated) tables.back().second.groups.front().calculated = report.calculated->total;
  return tables;
}

std::string zone_text(const SummaryReport& report) {
  return fmt::format("times are in {} where their zone is known", report.zone);
}

}  // namespace usagectl
