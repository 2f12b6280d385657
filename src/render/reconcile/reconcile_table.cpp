#include "render/reconcile/reconcile_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "analysis/checks/finding_groups.hpp"
#include "render/parts/intake_text.hpp"
#include "render/parts/problem_text.hpp"
#include "render/reconcile/group_block.hpp"
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

/// How many causes, findings and files there are of each severity, rule and cause.
std::string counts_of(const std::vector<FindingGroup>& groups, const ReconcileReport& report,
                      const Style& style) {
  struct Counted {
    const Finding* first = nullptr;
    Count groups = 0;
    Count findings = 0;
    std::set<FileId> files;
  };
  std::vector<Counted> rows;  // in the order of the groups, which is worst first
  for (const FindingGroup& group : groups) {
    const Finding& first = report.findings[group.front()];
    const auto is_same = [&](const Counted& row) {
      return row.first->severity == first.severity && row.first->rule == first.rule &&
             row.first->cause == first.cause;
    };
    auto row = std::find_if(rows.begin(), rows.end(), is_same);
    if (row == rows.end()) row = rows.insert(rows.end(), Counted{&first, 0, 0, {}});
    ++row->groups;
    row->findings += static_cast<Count>(group.size());
    for (const std::size_t index : group) row->files.insert(report.findings[index].place.file);
  }
  if (rows.empty()) return {};
  Sheet sheet;
  sheet.columns = {{"severity", "severity"},
                   {"rule", "rule"},
                   {"cause", "cause"},
                   {"groups", "blocks", Content::number},
                   {"findings", "findings", Content::number},
                   {"files", "files", Content::number}};
  for (const Counted& row : rows) {
    sheet.rows.push_back({Cell(name_of(row.first->severity)), Cell(name_of(row.first->rule)),
                          row.first->cause.empty() ? Cell() : Cell(row.first->cause),
                          Cell(row.groups), Cell(row.findings),
                          Cell(static_cast<Count>(row.files.size()))});
  }
  return "\n" + text_table(sheet, style);
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
