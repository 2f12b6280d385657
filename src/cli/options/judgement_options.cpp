#include "cli/options/judgement_options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/output/usage_error.hpp"

namespace usagectl {
namespace {

const std::vector<std::string> kLevels = {"error", "warning", "note", "off"};

/// Every value of --rule.
std::vector<std::string> rule_levels() {
  std::vector<std::string> values;
  for (std::size_t i = 0; i < kRuleCount; ++i) {
    for (const std::string& level : kLevels)
      values.push_back(fmt::format("{}={}", name_of(static_cast<Rule>(i)), level));
  }
  return values;
}

}  // namespace

std::string check_rule_level(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) {
    return fmt::format("\"{}\" has no level; use ID=LEVEL, such as duplicate=off", text);
  }
  const std::string rule = text.substr(0, equals);
  if (!rule_named(rule)) {
    std::vector<std::string> rules;
    for (std::size_t i = 0; i < kRuleCount; ++i) rules.emplace_back(name_of(static_cast<Rule>(i)));
    return invalid_word("rule", rule, rules);
  }
  const std::string level = text.substr(equals + 1);
  return level_named(level) ? std::string() : invalid_word("level", level, kLevels);
}

RuleLevels JudgementOptions::levels() const {
  RuleLevels levels;
  for (const std::string& text : rules) {
    const std::size_t equals = text.find('=');
    const auto rule = rule_named(text.substr(0, equals));
    const auto level = level_named(text.substr(equals + 1));
    if (rule && level) levels.levels[static_cast<std::size_t>(*rule)] = *level;
  }
  levels.fails_at = severity_named(fail_on).value_or(Severity::error);
  if (strict) levels.fails_at = std::min(levels.fails_at, Severity::warning);
  return levels;
}

void add_judgement_options(OptionSet set, JudgementOptions& options) {
  set.add_flag("--strict", options.strict, "Warnings fail the check too: --fail-on warning");
  set.add("--fail-on", options.fail_on,
          "Fail on findings of this severity or worse; unprovable: on errors, and when a claim "
          "could not be checked, or there is none",
          {.name = "LEVEL",
           .choices = {"error", "warning", "note", "unprovable"},
           .default_text = "error"});
  set.add("--rule", options.rules, "Set the level of a rule: error, warning, note or off",
          {.name = "ID=LEVEL",
           .suggestions = rule_levels(),
           .check = check_rule_level,
           .one_for_each_name = true});
}

}  // namespace usagectl
