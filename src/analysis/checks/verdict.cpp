#include "analysis/checks/verdict.hpp"

#include <algorithm>

#include "model/cause.hpp"

namespace usagectl {
namespace {

bool worse_first(const Finding& a, const Finding& b) {
  if (a.severity != b.severity) return a.severity > b.severity;
  if (a.place.file != b.place.file) return a.place.file < b.place.file;
  return a.place.line < b.place.line;
}

}  // namespace

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
