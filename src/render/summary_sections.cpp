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
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t at = 0; at < breakdown.groups.size(); ++at) {
    std::vector<bool> has;
    for (std::size_t i = 0; i < breakdown.by.size(); ++i)
      has.push_back(breakdown.by[i] != "model" && breakdown.groups.has_value(at, i));
    const auto [kind, is_new] = known.try_emplace(std::move(has), groups.size());
    if (is_new) groups.emplace_back();
    groups[kind->second].push_back(at);
  }
  std::vector<Breakdown> kinds;
  for (const auto& kind : groups) kinds.push_back({breakdown.by, breakdown.groups.at(kind), {}, 0});
  return kinds;
}

/// The same without the keys that no group has.
Breakdown without_unused_keys(const Breakdown& breakdown) {
  Breakdown used;
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < breakdown.by.size(); ++i) {
    bool is_used = false;
    for (std::size_t at = 0; at < breakdown.groups.size() && !is_used; ++at)
      is_used = breakdown.groups.has_value(at, i);
    if (!is_used) continue;
    used.by.push_back(breakdown.by[i]);
    columns.push_back(i);
  }
  used.groups = breakdown.groups.with_columns(columns);
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
  if (report.calculated) tables.back().second.groups.set_calculated(0, report.calculated->total);
  return tables;
}

std::string zone_text(const SummaryReport& report) {
  return fmt::format("times are in {} where their zone is known", report.zone);
}

}  // namespace usagectl
