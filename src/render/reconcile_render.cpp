#include "render/reconcile_render.hpp"

#include <nlohmann/json.hpp>

#include "render/csv.hpp"
#include "render/finding_block.hpp"
#include "render/intake_text.hpp"
#include "render/json_text.hpp"
#include "render/markdown.hpp"
#include "render/paint.hpp"
#include "render/paragraph.hpp"
#include "render/reconcile_json.hpp"
#include "render/reconcile_sheet.hpp"
#include "render/verdict_text.hpp"

namespace usagectl {
namespace {

Ink ink_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass: return Ink::good;
    case Verdict::fail: return Ink::bad;
    case Verdict::unprovable: return Ink::doubtful;
  }
  return Ink::plain;
}

std::string verdict_line(const ReconcileReport& report, const Style& style) {
  const std::string_view verdict = name_of(report.verdict);
  std::string text =
      paragraph(std::string(verdict) + "  " + verdict_text(report), Ink::plain, style);
  // Painted afterwards: colors have no width.
  return text.replace(0, verdict.size(), painted(verdict, ink_of(report.verdict), style));
}

std::string as_table(const ReconcileReport& report, const Style& style) {
  std::string text = verdict_line(report, style);
  for (const Finding& finding : report.findings) {
    text.append("\n").append(finding_block(finding, report, style));
  }
  if (!report.findings.empty()) text += "\n";
  return text + paragraph(accounting_text(report.intake), Ink::faint, style);
}

std::string as_markdown(const ReconcileReport& report) {
  std::string text = "## reconcile: " + std::string(name_of(report.verdict)) + "\n\n";
  text += markdown_text(verdict_text(report)) + "\n\n";
  const std::string accounting = markdown_text(accounting_text(report.intake)) + "\n";
  if (!report.findings.empty()) {
    const std::size_t room = kLargestMarkdown - text.size() - accounting.size() - 1;
    text += markdown_table(reconcile_sheet(report), room) + "\n";
  }
  return text + accounting;
}

}  // namespace

std::string render(const ReconcileReport& report, OutputFormat format, const Style& style) {
  switch (format) {
    case OutputFormat::table: return as_table(report, style);
    case OutputFormat::json: return json_text(reconcile_json(report));
    case OutputFormat::csv: return csv(reconcile_sheet(report));
    case OutputFormat::markdown: return as_markdown(report);
  }
  return {};
}

}  // namespace usagectl
