#include "render/reconcile/reconcile_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "analysis/checks/finding_groups.hpp"
#include "render/parts/intake_text.hpp"
#include "render/parts/problem_text.hpp"
#include "render/reconcile/group_block.hpp"
#include "render/reconcile/reconcile_sheet.hpp"
#include "render/reconcile/resolved_text.hpp"
#include "render/reconcile/verdict_text.hpp"
#include "render/text/paint.hpp"
#include "render/text/paragraph.hpp"
#include "render/text/sheet.hpp"
#include "render/text/table.hpp"

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
  const std::string_view verdict = verdict_word(report);
  if (verdict.empty()) return paragraph(verdict_text(report), Ink::doubtful, style);
  std::string text =
      paragraph(std::string(verdict) + "  " + verdict_text(report), Ink::plain, style);
  // Painted afterwards: colors have no width.
  return text.replace(0, verdict.size(), painted(verdict, ink_of(report.verdict), style));
}

std::string blocks_of(const std::vector<FindingGroup>& groups, const ReconcileReport& report,
                      const Style& style) {
  const std::size_t shown =
      report.most_causes == 0 ? groups.size() : std::min(report.most_causes, groups.size());
  std::string text;
  for (std::size_t i = 0; i < shown; ++i)
    text.append("\n").append(group_block(groups[i], report, style));
  if (shown < groups.size()) {
    text += "\n" + paragraph(fmt::format("not shown: {}", causes_text(report, groups, shown)),
                             Ink::plain, style);
  }
  return text;
}

std::string counts_of(const std::vector<FindingGroup>& groups, const ReconcileReport& report,
                      const Style& style) {
  const Sheet sheet = counts_sheet(groups, report);
  return sheet.rows.empty() ? std::string() : "\n" + text_table(sheet, style);
}

}  // namespace

std::string reconcile_table(const ReconcileReport& report, const Style& style) {
  std::string text = verdict_line(report, style);
  const std::vector<FindingGroup> groups = group_findings(report.findings);
  text += report.counts_only ? counts_of(groups, report, style) : blocks_of(groups, report, style);
  if (report.baseline && !(report.baseline->gone.empty() && report.baseline->expired.empty())) {
    text += "\n";
    for (const BaselineEntry& entry : report.baseline->expired)
      text += paragraph("expired: " + expired_text(entry), Ink::bad, style);
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
