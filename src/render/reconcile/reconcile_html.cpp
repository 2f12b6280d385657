#include "render/reconcile/reconcile_html.hpp"

#include <fmt/format.h>

#include <vector>

#include "analysis/checks/finding_groups.hpp"
#include "render/html/html_page.hpp"
#include "render/html/html_table.hpp"
#include "render/html/intake_html.hpp"
#include "render/html/verdict_html.hpp"
#include "render/reconcile/group_html.hpp"
#include "render/reconcile/reconcile_sheet.hpp"
#include "render/reconcile/resolved_text.hpp"
#include "render/reconcile/verdict_text.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

Mood mood_of(const ReconcileReport& report) {
  switch (report.verdict) {
    case Verdict::pass: return Mood::good;
    case Verdict::fail: return Mood::bad;
    case Verdict::unprovable: break;
  }
  return Mood::doubtful;
}

/// As many as fit on the page; the rest is counted.
Html findings_of(const std::vector<FindingGroup>& groups, const ReconcileReport& report) {
  constexpr std::size_t kRoom = kLargestPage - 250'000;
  const std::size_t most =
      report.most_causes == 0 ? groups.size() : std::min(report.most_causes, groups.size());
  Html html;
  std::size_t shown = 0;
  for (; shown < most && html.size() < kRoom; ++shown) html += group_html(groups[shown], report);
  if (shown < groups.size()) {
    html += html_paragraph(fmt::format("Not shown: {}. The JSON report has all of them.",
                                       causes_text(report, groups, shown)),
                           "note");
  }
  return html;
}

Html baseline_lists(const BaselineResult& baseline) {
  constexpr std::size_t kRoom = 30'000;
  std::vector<std::string> expired;
  for (const BaselineEntry& entry : baseline.expired) expired.push_back(expired_text(entry));
  std::vector<std::string> resolved;
  for (const BaselineEntry& entry : baseline.gone) resolved.push_back(resolved_text(entry));
  return html_section("Expired", html_list(expired, "more finding", kRoom)) +
         html_section("Resolved", html_list(resolved, "more finding", kRoom));
}

/// How many there are of which kind; a long table on demand, so that the findings are seen.
Html kinds_of(const std::vector<FindingGroup>& groups, const ReconcileReport& report) {
  constexpr std::size_t kFewRows = 12;
  const Sheet sheet = counts_sheet(groups, report);
  Html table = html_table(sheet, {"findings by severity, rule and cause"});
  if (sheet.rows.size() <= kFewRows || report.counts_only) return table;
  const Html summary =
      Html::element("summary", fmt::format("{} of findings", quantity(sheet.rows.size(), "kind")));
  return Html::element("details", {}, summary + table);
}

/// Above so many blocks a table says first how many there are of which kind.
constexpr std::size_t kManyGroups = 3;

}  // namespace

std::string reconcile_html(const ReconcileReport& report) {
  const std::string_view word = verdict_word(report);
  HtmlPage page;
  page.command = report.command;
  page.title_text = word.empty() ? std::string("nothing to check") : std::string(word);
  page.title = verdict_html(page.title_text, word.empty() ? Mood::doubtful : mood_of(report));
  page.lead = html_paragraph(verdict_text(report), "lead");
  Intake problems;
  problems.problems = report.intake.problems;  // warnings are findings here
  page.body = intake_remarks(problems);
  if (report.baseline) page.body += baseline_lists(*report.baseline);
  const std::vector<FindingGroup> groups = group_findings(report.findings);
  if (groups.size() > kManyGroups || report.counts_only)
    page.body += html_section("Kinds", kinds_of(groups, report));
  if (!report.counts_only) page.body += html_section("Findings", findings_of(groups, report));
  page.footer = intake_footer(report.intake);
  return html_page(page);
}

}  // namespace usagectl
