#include "render/reconcile/reconcile_table.hpp"

#include "render/parts/intake_text.hpp"
#include "render/parts/problem_text.hpp"
#include "render/reconcile/finding_block.hpp"
#include "render/reconcile/resolved_text.hpp"
#include "render/reconcile/verdict_text.hpp"
#include "render/text/paint.hpp"
#include "render/text/paragraph.hpp"

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

}  // namespace

std::string reconcile_table(const ReconcileReport& report, const Style& style) {
  std::string text = verdict_line(report, style);
  for (const Finding& finding : report.findings) {
    text.append("\n").append(finding_block(finding, report, style));
  }
  if (report.baseline && !report.baseline->gone.empty()) {
    text += "\n";
    for (const BaselineEntry& entry : report.baseline->gone) {
      text += paragraph("resolved: " + resolved_text(entry), Ink::good, style);
    }
  }
  // Problems are on stderr too, but a report that is kept in a file has to be complete.
  if (!report.intake.problems.empty()) text += "\n";
  for (const Problem& problem : report.intake.problems) {
    text += paragraph("not read: " + problem_text(problem), Ink::bad, style);
  }
  if (text.find('\n') + 1 < text.size()) text += "\n";  // more than the verdict
  return text + paragraph(accounting_text(report.intake), Ink::faint, style);
}

}  // namespace usagectl
