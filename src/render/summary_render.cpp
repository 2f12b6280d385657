#include "render/summary_render.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "render/parts/intake_text.hpp"
#include "render/summary_html.hpp"
#include "render/summary_json.hpp"
#include "render/summary_sections.hpp"
#include "render/summary_sheet.hpp"
#include "render/text/bar_text.hpp"
#include "render/text/csv.hpp"
#include "render/text/markdown.hpp"
#include "render/text/paragraph.hpp"
#include "render/text/table.hpp"

namespace usagectl {
namespace {

/// The sheet with a bar for the total of each group at its end.
MadeSheet with_bars(MadeSheet sheet, const Breakdown& breakdown) {
  constexpr std::size_t kWidth = 24;
  if (sheet.rows < 2) return sheet;
  const auto total_of = [&breakdown](std::size_t row) {
    const bool is_group = row < breakdown.groups.size();
    const Tally tally = is_group ? breakdown.groups.tally_of(row) : breakdown.rest;
    return tally.sum_of(Counter::total).value_or(0);
  };
  Count longest = total_of(0);
  for (std::size_t row = 1; row < sheet.rows; ++row) longest = std::max(longest, total_of(row));
  sheet.columns.push_back({"bar", "", Content::text, Weight::detail});
  sheet.row = [whole = std::move(sheet.row), total_of, longest](std::size_t row) {
    Row cells = whole(row);
    const std::string bar = bar_text(total_of(row), longest, kWidth);
    cells.push_back(Cell(bar.empty() ? " " : bar));
    return cells;
  };
  if (sheet.total) sheet.total->push_back(Cell());
  return sheet;
}

void write_table(const SummaryReport& report, const Style& style, const TextSink& out) {
  if (is_empty(report))
    return out(paragraph(nothing_counted_text(report.intake), Ink::plain, style));
  const auto section = [&](const Breakdown& breakdown, const Tally& total) {
    MadeSheet sheet = summary_sheet(breakdown, total);
    if (style.bars) sheet = with_bars(std::move(sheet), breakdown);
    write_text_table(sheet, style, out);
    for (const auto& note : footnotes(total)) out(paragraph(note, Ink::doubtful, style));
    out("\n");
  };
  for (const auto& [title, table] : main_tables(report)) {
    if (!title.empty()) out(paragraph(title, Ink::strong, style));
    section(table, tally_of(table));
  }
  for (const auto& view : report.others) {
    out(paragraph(heading_of(view), Ink::strong, style));
    section(view, tally_of(view));
  }
  if (!report.zone.empty()) out(paragraph(zone_text(report), Ink::faint, style));
  if (report.calculated) {
    for (const auto& note : price_notes(*report.calculated))
      out(paragraph(note, Ink::doubtful, style));
  }
  out(paragraph(accounting_text(report.intake), Ink::faint, style));
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

void write_summary(const SummaryReport& report, OutputFormat format, const Style& style,
                   const TextSink& out) {
  switch (format) {
    case OutputFormat::table: return write_table(report, style, out);
    case OutputFormat::json: return write_summary_json(report, out);
    case OutputFormat::csv:
      return write_csv(summary_sheet(report.main, report.total), style.formulas, out);
    case OutputFormat::markdown: return out(as_markdown(report));
    case OutputFormat::html: return out(summary_html(report));
  }
}

std::string render(const SummaryReport& report, OutputFormat format, const Style& style) {
  return collected([&](const TextSink& out) { write_summary(report, format, style, out); });
}

}  // namespace usagectl
