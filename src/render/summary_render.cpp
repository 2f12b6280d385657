#include "render/summary_render.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "render/parts/intake_text.hpp"
#include "render/summary_html.hpp"
#include "render/summary_json.hpp"
#include "render/summary_sections.hpp"
#include "render/summary_sheet.hpp"
#include "render/text/bar_text.hpp"
#include "render/text/csv.hpp"
#include "render/text/json_text.hpp"
#include "render/text/markdown.hpp"
#include "render/text/paragraph.hpp"
#include "render/text/table.hpp"

namespace usagectl {
namespace {

/// The sheet with a bar for the total of each group at its end.
Sheet with_bars(Sheet sheet, const Breakdown& breakdown) {
  constexpr std::size_t kWidth = 24;
  std::vector<Count> totals;
  for (const SummaryGroup& group : breakdown.groups)
    totals.push_back(group.tally.sum_of(Counter::total).value_or(0));
  if (breakdown.rest_groups > 0)
    totals.push_back(breakdown.rest.sum_of(Counter::total).value_or(0));
  if (totals.size() < 2) return sheet;
  const Count longest = *std::max_element(totals.begin(), totals.end());
  sheet.columns.push_back({"bar", "", Content::text, Weight::detail});
  for (std::size_t row = 0; row < sheet.rows.size(); ++row) {
    const std::string bar = bar_text(totals[row], longest, kWidth);
    sheet.rows[row].push_back(Cell(bar.empty() ? " " : bar));
  }
  if (sheet.total) sheet.total->push_back(Cell());
  return sheet;
}

std::string as_table(const SummaryReport& report, const Style& style) {
  if (is_empty(report)) return paragraph(nothing_counted_text(report.intake), Ink::plain, style);
  const auto section = [&](const Breakdown& breakdown, const Tally& total) {
    Sheet sheet = summary_sheet(breakdown, total);
    std::string text =
        text_table(style.bars ? with_bars(std::move(sheet), breakdown) : sheet, style);
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
    case OutputFormat::csv: return csv(summary_sheet(report.main, report.total), style.formulas);
    case OutputFormat::markdown: return as_markdown(report);
    case OutputFormat::html: return summary_html(report);
  }
  return {};
}

}  // namespace usagectl
