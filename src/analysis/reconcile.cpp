#include "analysis/reconcile.hpp"

#include <algorithm>
#include <utility>

#include "analysis/causes/name_causes.hpp"
#include "analysis/checks/resolve_claims.hpp"
#include "model/cause.hpp"

namespace usagectl {
namespace {

bool worse_first(const Finding& a, const Finding& b) {
  if (a.severity != b.severity) return a.severity > b.severity;
  if (a.place.file != b.place.file) return a.place.file < b.place.file;
  return a.place.line < b.place.line;
}

/// Counted records that leave a counter open.
std::uint64_t open_records(const Books& books) {
  Tally counted;
  for (const ViewOfUnit& view : books.counted_views) {
    for (const auto& [key, tally] : books.sums_of(view).by_key) counted.merge(tally);
  }
  return *std::max_element(counted.open.begin(), counted.open.end());
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
  report.open = open_records(books);
  report.intake = std::move(books.intake);
  report.files = books.file_names;
  report.file_uses = std::move(books.file_uses);
  judge(report);
  return report;
}

void judge(ReconcileReport& report) {
  std::stable_sort(report.findings.begin(), report.findings.end(), worse_first);
  report.failed = static_cast<std::uint64_t>(
      std::count_if(report.findings.begin(), report.findings.end(),
                    [](const Finding& finding) { return finding.severity != Severity::note; }));
  const bool refuted = !report.findings.empty() && report.fails(report.findings.front());
  // What could not be read or understood could not be checked either.
  const bool is_understood =
      report.open == 0 &&
      std::none_of(report.findings.begin(), report.findings.end(), [](const Finding& finding) {
        return finding.severity == Severity::warning && leaves_open(finding.cause);
      });
  const bool all_was_checked = is_understood && report.unprovable == 0 &&
                               report.intake.rejected == 0 && report.intake.problems.empty();
  report.verdict = refuted ? Verdict::fail : all_was_checked ? Verdict::pass : Verdict::unprovable;
}

}  // namespace usagectl
