#include "render/diff/diff_render.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "render/diff/diff_headline.hpp"
#include "render/diff/diff_html.hpp"
#include "render/diff/diff_json.hpp"
#include "render/diff/diff_lines.hpp"
#include "render/diff/diff_sheets.hpp"
#include "render/parts/intake_text.hpp"
#include "render/parts/tool_json.hpp"
#include "render/text/csv.hpp"
#include "render/text/json_text.hpp"
#include "render/text/markdown.hpp"
#include "render/text/paragraph.hpp"
#include "render/text/table.hpp"
#include "render/text/visible_text.hpp"

namespace usagectl {
namespace {

Ink ink_of(Likeness verdict) {
  switch (verdict) {
    case Likeness::same: return Ink::good;
    case Likeness::different: return Ink::bad;
    case Likeness::undetermined: return Ink::doubtful;
  }
  return Ink::plain;
}

std::vector<std::string> lines_of_meaning(const DiffReport& report) {
  std::vector<std::string> lines;
  if (std::string absent = absent_axes(report); !absent.empty()) lines.push_back(std::move(absent));
  for (const auto& axis : report.meaning) {
    if (!axis.evidence.empty()) lines.push_back(fmt::format("{}: {}", axis.axis, axis.evidence));
  }
  return lines;
}

std::string accounting(const DiffReport& report, const Style& style) {
  return paragraph(accounting_line("A", report.a), Ink::faint, style) +
         paragraph(accounting_line("B", report.b), Ink::faint, style);
}

std::string as_table(const DiffReport& report, const Style& style) {
  std::string text = paragraph(visible_text(diff_headline(report)), ink_of(report.verdict), style);
  const auto add_sheet = [&](const Sheet& sheet) {
    if (!sheet.rows.empty()) text += "\n" + text_table(sheet, style);
  };
  const auto add_lines = [&](const std::vector<std::string>& lines, bool follows_sheet) {
    if (!lines.empty() && !follows_sheet) text += "\n";
    for (const std::string& line : lines) text += paragraph(visible_text(line), Ink::plain, style);
  };
  if (report.is_empty()) {
    add_sheet(sheet_of_totals(report));
    return text + "\n" + accounting(report, style);
  }
  add_sheet(sheet_of_parts(report));
  const Sheet records = sheet_of_records(report);
  add_sheet(records);
  add_lines(lines_of_records(report), !records.rows.empty());
  Sheet meaning = sheet_of_meaning(report);
  meaning.columns.pop_back();  // shown below the table, where there is room for a sentence
  for (Row& row : meaning.rows) row.pop_back();
  add_sheet(meaning);
  add_lines(lines_of_meaning(report), !meaning.rows.empty());
  add_sheet(sheet_of_client(report));
  add_sheet(sheet_of_keys(report));
  add_sheet(sheet_of_totals(report));
  add_sheet(sheet_of_differences(report, kMostDifferences));
  if (const std::string rest = rest_text(report); !rest.empty())
    text += paragraph(rest, Ink::faint, style);
  return text + "\n" + accounting(report, style);
}

std::string as_markdown(const DiffReport& report) {
  std::string text = "### " + markdown_text(diff_headline(report)) + "\n";
  const auto add_sheet = [&](const Sheet& sheet) {
    const std::size_t room = text.size() < kLargestMarkdown / 2 ? kLargestMarkdown / 4 : 1000;
    if (!sheet.rows.empty()) text += "\n" + markdown_table(sheet, room);
  };
  const auto add_lines = [&](const std::vector<std::string>& lines) {
    if (!lines.empty()) text += "\n";
    for (const std::string& line : lines) text += "- " + markdown_text(line) + "\n";
  };
  if (!report.is_empty()) {
    add_sheet(sheet_of_parts(report));
    add_sheet(sheet_of_records(report));
    add_lines(lines_of_records(report));
    add_sheet(sheet_of_meaning(report));
    if (const std::string absent = absent_axes(report); !absent.empty()) add_lines({absent});
    add_sheet(sheet_of_client(report));
    add_sheet(sheet_of_keys(report));
  }
  add_sheet(sheet_of_totals(report));
  add_sheet(sheet_of_differences(report, kMostDifferences));
  if (const std::string rest = rest_text(report); !rest.empty()) text += "\n" + rest + "\n";
  return text + "\n" + markdown_text(accounting_line("A", report.a)) + "\\\n" +
         markdown_text(accounting_line("B", report.b)) + "\n";
}

/// Every row with the capture that is compared with the first one.
Sheet joined_sheet(const std::vector<DiffReport>& comparisons) {
  Sheet all;
  for (const DiffReport& report : comparisons) {
    Sheet one = sheet_of_everything(report);
    all.columns = std::move(one.columns);
    for (Row& row : one.rows) {
      row.insert(row.begin(), Cell(report.b.name));
      all.rows.push_back(std::move(row));
    }
  }
  all.columns.insert(all.columns.begin(), {"capture", "capture"});
  return all;
}

}  // namespace

std::string render(const DiffReport& report, OutputFormat format, const Style& style) {
  switch (format) {
    case OutputFormat::json: return json_text(diff_json(report));
    case OutputFormat::csv: return csv(sheet_of_everything(report), style.formulas);
    case OutputFormat::markdown: return as_markdown(report);
    case OutputFormat::html: return diff_html({&report, 1});
    case OutputFormat::table: break;
  }
  return as_table(report, style);
}

std::string render(const std::vector<DiffReport>& comparisons, OutputFormat format,
                   const Style& style) {
  if (format == OutputFormat::html) return diff_html(comparisons);
  if (comparisons.size() == 1) return render(comparisons.front(), format, style);
  const Likeness verdict = worst_of(comparisons);
  if (format == OutputFormat::json) {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const DiffReport& report : comparisons) all.push_back(diff_json(report));
    return json_text({{"schema", "usagectl.diffs/1"},
                      {"tool", tool_json()},
                      {"verdict", name_of(verdict)},
                      {"comparisons", std::move(all)}});
  }
  if (format == OutputFormat::csv) return csv(joined_sheet(comparisons), style.formulas);
  const std::string title = fmt::format("{}  {}", name_of(verdict), captures_text(comparisons));
  const bool is_markdown = format == OutputFormat::markdown;
  std::string text =
      is_markdown ? "## " + markdown_text(title) + "\n" : paragraph(title, ink_of(verdict), style);
  for (const DiffReport& report : comparisons) {
    const std::string name = visible_text(report.b.name);
    text += is_markdown ? "\n" : "\n== " + name + "\n";
    text += render(report, format, style);
  }
  return text;
}

}  // namespace usagectl
