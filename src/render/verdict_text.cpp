#include "render/verdict_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "render/words.hpp"

namespace usagectl {
namespace {

std::string findings_text(const ReconcileReport& report) {
  std::vector<std::string> kinds;
  for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
    const auto number = std::count_if(report.findings.begin(), report.findings.end(),
                                      [&](const Finding& f) { return f.severity == severity; });
    if (number > 0)
      kinds.push_back(quantity(static_cast<std::uint64_t>(number), name_of(severity)));
  }
  // "1 finding: 1 note" says the same thing twice.
  if (kinds.size() == 1) return kinds.front();
  return quantity(report.findings.size(), "finding") + ": " + joined(kinds, ", ");
}

std::string held_text(const ReconcileReport& report) {
  const std::string where = fmt::format(" in {}", quantity(report.intake.files, "file"));
  if (report.passed == 0) return "nothing to check" + where;
  return quantity(report.passed, "check") + (report.findings.empty() ? where : "") +
         (report.passed == 1 ? " holds" : " hold");
}

}  // namespace

std::string verdict_text(const ReconcileReport& report) {
  std::vector<std::string> parts;
  if (!report.findings.empty()) parts.push_back(findings_text(report));
  if (report.unprovable > 0) {
    parts.push_back(quantity(report.unprovable, "claim") + " could not be checked");
  }
  if (report.passed > 0 || parts.empty()) parts.push_back(held_text(report));
  return joined(parts, "; ");
}

}  // namespace usagectl
