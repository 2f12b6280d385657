#include "render/reconcile/verdict_text.hpp"

#include <fmt/format.h>

#include <functional>
#include <map>
#include <vector>

#include "render/text/visible_text.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

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
  if (const auto expired = number_of(baseline.expired); expired > 0)
    parts.push_back(quantity(expired, "acceptance") + " expired");
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

std::string causes_text(const ReconcileReport& report, const std::vector<FindingGroup>& groups,
                        std::size_t from) {
  struct Causes {
    std::uint64_t causes = 0;
    std::uint64_t findings = 0;
  };
  std::map<Severity, Causes, std::greater<>> by_severity;
  for (std::size_t i = from; i < groups.size(); ++i) {
    Causes& causes = by_severity[report.findings[groups[i].front()].severity];
    ++causes.causes;
    causes.findings += groups[i].size();
  }
  std::vector<std::string> kinds;
  for (const auto& [severity, causes] : by_severity) {
    kinds.push_back(quantity(causes.causes, name_of(severity)));
    if (causes.findings > causes.causes)
      kinds.back() += fmt::format(" ({})", quantity(causes.findings, "finding"));
  }
  return joined(kinds, ", ");
}

std::string_view verdict_word(const ReconcileReport& report) {
  const bool is_nothing =
      report.verdict == Verdict::pass && report.summary.empty() && !report.has_checked_something();
  return is_nothing ? std::string_view() : name_of(report.verdict);
}

std::string verdict_text(const ReconcileReport& report) {
  std::vector<std::string> parts;
  if (!report.summary.empty()) parts.push_back(visible_text(report.summary));
  if (!report.findings.empty())
    parts.push_back(causes_text(report, group_findings(report.findings)));
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
