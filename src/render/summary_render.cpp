#include "render/summary_render.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

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

std::string as_table(const SummaryReport& report, const Style& style) {
  if (is_empty(report)) return paragraph(nothing_counted_text(report.intake), Ink::plain, style);
  const auto section = [&](const Breakdown& breakdown, const Tally& total) {
    std::string text = text_table(summary_sheet(breakdown, total), style);
    for (const auto& note : footnotes(total)) text += paragraph(note, Ink::doubtful, style);
    return text + "\n";
  };
  std::string text = section(report.main, report.total);
  for (const auto& view : report.others) {
    text += paragraph(heading_of(view), Ink::strong, style);
    text += section(view, tally_of(view));
  }
  return text + paragraph(accounting_text(report.intake), Ink::faint, style);
}

std::string as_markdown(const SummaryReport& report) {
  if (is_empty(report)) return markdown_text(nothing_counted_text(report.intake)) + "\n";
  const std::string accounting = markdown_text(accounting_text(report.intake)) + "\n";
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
  append_section(report.main, report.total);
  for (const auto& view : report.others) {
    text += fmt::format("### {}\n\n", markdown_text(heading_of(view)));
    append_section(view, tally_of(view));
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
