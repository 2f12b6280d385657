#pragma once

#include <string>
#include <vector>

#include "analysis/checks/rule_levels.hpp"
#include "cli/options/option_set.hpp"

namespace usagectl {

/// How findings are judged: --rule, --strict and --fail-on.
struct JudgementOptions {
  std::vector<std::string> rules;  ///< ID=LEVEL, the last of a rule holds
  bool strict = false;
  std::string fail_on;

  /// Of --strict and --fail-on the stricter holds.
  RuleLevels levels() const;
};

void add_judgement_options(OptionSet set, JudgementOptions& options);

/// What is wrong with a value of --rule; empty when nothing is.
std::string check_rule_level(const std::string& text);

}  // namespace usagectl
