#include "analysis/reconcile.hpp"

#include <algorithm>
#include <utility>

#include "analysis/causes/name_causes.hpp"
#include "analysis/checks/resolve_claims.hpp"

namespace usagectl {
namespace {

bool worse_first(const Finding& a, const Finding& b) {
  if (a.severity != b.severity) return a.severity > b.severity;
  if (a.place.file != b.place.file) return a.place.file < b.place.file;
  return a.place.line < b.place.line;
}

}  // namespace

Question reconcile_question() {
  Question question;
  question.wants_claims = true;
  return question;
}

ReconcileReport reconcile(Books& books, const PieceOptions& reading) {
  ReconcileReport report;
  const Resolution resolution = resolve_claims(books);
  name_causes(books, resolution, reading);

  report.findings = std::move(books.findings);
  report.passed = books.checks_held + resolution.passed;
  report.unprovable = resolution.unprovable;
  report.intake = std::move(books.intake);
  report.files = books.file_names;
  report.file_uses = std::move(books.file_uses);
  judge(report);
  return report;
}

namespace {

/// What was counted may be too much or too little, whatever else was checked.
bool leaves_the_sum_open(const Finding& finding) {
  return finding.severity == Severity::warning &&
         (finding.cause == "unrelated-usage" || finding.cause == "not-counted");
}

}  // namespace

void judge(ReconcileReport& report) {
  std::stable_sort(report.findings.begin(), report.findings.end(), worse_first);
  report.failed = static_cast<std::uint64_t>(
      std::count_if(report.findings.begin(), report.findings.end(),
                    [](const Finding& finding) { return finding.severity != Severity::note; }));
  const bool refuted = !report.findings.empty() && report.fails(report.findings.front());
  // What could not be read could not be checked either.
  const bool all_was_checked =
      report.unprovable == 0 && report.intake.rejected == 0 && report.intake.problems.empty() &&
      std::none_of(report.findings.begin(), report.findings.end(), leaves_the_sum_open);
  report.verdict = refuted ? Verdict::fail : all_was_checked ? Verdict::pass : Verdict::unprovable;
}

}  // namespace usagectl
