#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "analysis/checks/reconcile_report.hpp"

namespace usagectl {

/// What a user makes of the findings of a rule.
enum class Level : std::uint8_t {
  as_found,  ///< each finding keeps its own severity
  off,
  note,
  warning,
  error,
};

/// "off", "note", "warning", "error".
std::optional<Level> level_named(std::string_view name);

/// How a user wants the findings of a run to be judged.
struct RuleLevels {
  std::array<Level, kRuleCount> levels{};
  Severity fails_at = Severity::error;
};

/// Gives findings the severity that was asked for, takes out and counts those of rules that are
/// switched off, and judges the report anew.
void apply_levels(const RuleLevels& levels, ReconcileReport& report);

}  // namespace usagectl
