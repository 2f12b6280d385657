#include "model/finding.hpp"

#include "model/count.hpp"

namespace usagectl {

namespace {

struct RuleText {
  std::string_view name;
  std::string_view title;
  std::string_view meaning;
  std::string_view help;
};

constexpr RuleText kRules[] = {
#define RULE(name, title, meaning, help) {#name, title, meaning, help},
#include "model/rules.def"
#undef RULE
};

}  // namespace

std::string_view name_of(Rule rule) { return kRules[static_cast<std::size_t>(rule)].name; }
std::string_view title_of(Rule rule) { return kRules[static_cast<std::size_t>(rule)].title; }
std::string_view meaning_of(Rule rule) { return kRules[static_cast<std::size_t>(rule)].meaning; }
std::string_view help_of(Rule rule) { return kRules[static_cast<std::size_t>(rule)].help; }

std::optional<Rule> rule_named(std::string_view name) {
  for (std::size_t i = 0; i < kRuleCount; ++i) {
    const auto rule = static_cast<Rule>(i);
    if (name_of(rule) == name) return rule;
  }
  return std::nullopt;
}

std::optional<Severity> severity_named(std::string_view name) {
  for (const Severity severity : {Severity::note, Severity::warning, Severity::error}) {
    if (name_of(severity) == name) return severity;
  }
  return std::nullopt;
}

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::note: return "note";
    case Severity::warning: return "warning";
    case Severity::error: return "error";
  }
  return "error";
}

std::optional<Count> Finding::difference() const {
  if (!asserted || !calculated) return std::nullopt;
  ExactSum difference(*asserted);
  difference -= *calculated;
  return difference.count();
}

}  // namespace usagectl
