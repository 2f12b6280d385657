#include "analysis/checks/rule_levels.hpp"

#include <utility>

#include "analysis/checks/verdict.hpp"

namespace usagectl {

std::optional<Level> level_named(std::string_view name) {
  if (name == "off") return Level::off;
  if (name == "note") return Level::note;
  if (name == "warning") return Level::warning;
  if (name == "error") return Level::error;
  return std::nullopt;
}

void apply_levels(const RuleLevels& levels, ReconcileReport& report) {
  std::vector<Finding> kept;
  for (Finding& finding : report.findings) {
    switch (levels.levels[static_cast<std::size_t>(finding.rule)]) {
      case Level::as_found: break;
      case Level::note: finding.severity = Severity::note; break;
      case Level::warning: finding.severity = Severity::warning; break;
      case Level::error: finding.severity = Severity::error; break;
      case Level::off: ++report.switched_off[static_cast<std::size_t>(finding.rule)]; continue;
    }
    kept.push_back(std::move(finding));
  }
  report.findings = std::move(kept);
  if (report.baseline) {
    for (Finding& finding : report.baseline->known) {
      const Level level = levels.levels[static_cast<std::size_t>(finding.rule)];
      if (level == Level::note) finding.severity = Severity::note;
      if (level == Level::warning) finding.severity = Severity::warning;
      if (level == Level::error) finding.severity = Severity::error;
    }
  }
  report.fails_at = levels.fails_at;
  judge(report);
}

}  // namespace usagectl
