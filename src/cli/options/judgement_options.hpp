#pragma once

#include <string>
#include <vector>

#include "analysis/checks/rule_levels.hpp"
#include "cli/options/option_set.hpp"

namespace usagectl {

/// How findings are judged: --rule, --strict and --fail-on.
struct JudgementOptions {
  std::vector<std::string> rules;  ///< ID=LEVEL; the last one for a rule wins
  bool strict = false;
  std::string fail_on;

  /// The stricter of --strict and --fail-on wins.
  RuleLevels levels() const;
  /// Whether a verdict "unprovable" fails too.
  bool fails_unprovable() const { return fail_on == "unprovable"; }
};

void add_judgement_options(OptionSet set, JudgementOptions& options);

/// Says why a value of --rule is invalid; empty when it is valid.
std::string check_rule_level(const std::string& text);

}  // namespace usagectl
