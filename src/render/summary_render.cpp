#include "render/summary_render.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "render/parts/intake_text.hpp"
#include "render/summary_json.hpp"
#include "render/summary_sheet.hpp"
#include "render/text/csv.hpp"
#include "render/text/json_text.hpp"
#include "render/text/markdown.hpp"
#include "render/text/paragraph.hpp"
#include "render/text/table.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

bool is_empty(const SummaryReport& report) {
  return report.total.records == 0 && report.others.empty();
}

std::string heading_of(const Breakdown& view) {
  return fmt::format("by {}", joined(view.by, ", "));
}

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

/// The tables of the main view with their titles: one without a title, or one for each kind of
/// records and one for all of them together.
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

/// Calls whose zone is not known keep the day that is written.
std::string zone_text(const SummaryReport& report) {
  return fmt::format("times are in {} where their zone is known", report.zone);
}

std::string as_table(const SummaryReport& report, const Style& style) {
  if (is_empty(report)) return paragraph(nothing_counted_text(report.intake), Ink::plain, style);
  const auto section = [&](const Breakdown& breakdown, const Tally& total) {
    std::string text = text_table(summary_sheet(breakdown, total), style);
    for (const auto& note : footnotes(total)) text += paragraph(note, Ink::doubtful, style);
    return text + "\n";
  };
  std::string text;
  for (const auto& [title, table] : main_tables(report)) {
    if (!title.empty()) text += paragraph(title, Ink::strong, style);
    text += section(table, tally_of(table));
  }
  for (const auto& view : report.others) {
    text += paragraph(heading_of(view), Ink::strong, style);
    text += section(view, tally_of(view));
  }
  if (!report.zone.empty()) text += paragraph(zone_text(report), Ink::faint, style);
  if (report.calculated) {
    for (const auto& note : price_notes(*report.calculated))
      text += paragraph(note, Ink::doubtful, style);
  }
  return text + paragraph(accounting_text(report.intake), Ink::faint, style);
}

std::string as_markdown(const SummaryReport& report) {
  if (is_empty(report)) return markdown_text(nothing_counted_text(report.intake)) + "\n";
  const std::string zone =
      report.zone.empty() ? std::string() : markdown_text(zone_text(report)) + "\n\n";
  const std::string accounting = zone + markdown_text(accounting_text(report.intake)) + "\n";
  std::string text;
  const auto append_section = [&](const Breakdown& breakdown, const Tally& total) {
    std::string notes;
    for (const auto& note : footnotes(total)) notes += fmt::format("\n{}.\n", markdown_text(note));
    const std::size_t taken = text.size() + notes.size() + accounting.size() + 1;
    if (taken < kLargestMarkdown) {
      text += markdown_table(summary_sheet(breakdown, total), kLargestMarkdown - taken);
    }
    text += notes + "\n";
  };
  for (const auto& [title, table] : main_tables(report)) {
    if (!title.empty()) text += fmt::format("### {}\n\n", markdown_text(title));
    append_section(table, tally_of(table));
  }
  for (const auto& view : report.others) {
    text += fmt::format("### {}\n\n", markdown_text(heading_of(view)));
    append_section(view, tally_of(view));
  }
  if (report.calculated) {
    for (const auto& note : price_notes(*report.calculated))
      text += fmt::format("{}.\n\n", markdown_text(note));
  }
  return text + accounting;
}

}  // namespace

std::string render(const SummaryReport& report, OutputFormat format, const Style& style) {
  switch (format) {
    case OutputFormat::table: return as_table(report, style);
    case OutputFormat::json: return json_text(summary_json(report));
    case OutputFormat::csv: return csv(summary_sheet(report.main, report.total));
    case OutputFormat::markdown: return as_markdown(report);
  }
  return {};
}

}  // namespace usagectl
