#include "render/reconcile/verdict_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "render/text/visible_text.hpp"
#include "render/text/words.hpp"

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

std::uint64_t number_of(const std::vector<BaselineEntry>& entries) {
  std::uint64_t number = 0;
  for (const BaselineEntry& entry : entries) number += entry.times;
  return number;
}

/// The effect of the baseline. Entries of files that were not read are counted apart.
void add_baseline_text(const BaselineResult& baseline, std::vector<std::string>& parts) {
  parts.push_back(fmt::format("{} accepted by {}", quantity(baseline.known.size(), "finding"),
                              visible_text(baseline.file)));
  if (const auto gone = number_of(baseline.gone); gone > 0)
    parts.push_back(quantity(gone, "finding") + " resolved");
  if (const auto unseen = number_of(baseline.not_looked_at); unseen > 0) {
    parts.push_back(quantity(unseen, "accepted finding") + " in files that were not read");
  }
}

std::string switched_off_text(const ReconcileReport& report) {
  std::vector<std::string> rules;
  std::uint64_t all = 0;
  for (std::size_t i = 0; i < kRuleCount; ++i) {
    const std::uint64_t number = report.switched_off[i];
    all += number;
    if (number > 0)
      rules.push_back(fmt::format("{} {}", name_of(static_cast<Rule>(i)), number_text(number)));
  }
  return all == 0 ? std::string()
                  : fmt::format("{} switched off{} ({})", quantity(all, "finding"),
                                report.switched_off_by.empty()
                                    ? std::string()
                                    : " by " + visible_text(report.switched_off_by),
                                joined(rules, ", "));
}

}  // namespace

std::string verdict_text(const ReconcileReport& report) {
  std::vector<std::string> parts;
  if (!report.summary.empty()) parts.push_back(visible_text(report.summary));
  if (!report.findings.empty()) parts.push_back(findings_text(report));
  if (report.unprovable > 0) {
    parts.push_back(quantity(report.unprovable, "claim") + " could not be checked");
  }
  if (report.summary.empty() && (report.passed > 0 || parts.empty()))
    parts.push_back(held_text(report));
  if (report.baseline) add_baseline_text(*report.baseline, parts);
  if (std::string off = switched_off_text(report); !off.empty()) parts.push_back(std::move(off));
  return joined(parts, "; ");
}

}  // namespace usagectl
