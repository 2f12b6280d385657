#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/cost.hpp"
#include "model/counts.hpp"
#include "model/place.hpp"

namespace usagectl {

/// What kind of claim does not hold: the rows of rules.def.
enum class Rule : std::uint8_t {
#define RULE(name, title, meaning, help) name,
#include "model/rules.def"
#undef RULE
};

inline constexpr std::size_t kRuleCount = 0
#define RULE(name, title, meaning, help) +1
#include "model/rules.def"
#undef RULE
    ;
std::string_view name_of(Rule rule);
/// Its name in one word of capitalised ones, as SARIF writes names: "SumOfParts".
std::string_view title_of(Rule rule);
/// One line that says what the rule checks.
std::string_view meaning_of(Rule rule);
/// What a finding of the rule means for a reader who meets it in a CI, and where to look.
std::string_view help_of(Rule rule);
/// The rule of that name.
std::optional<Rule> rule_named(std::string_view name);

/// Ordered: worse is greater.
enum class Severity : std::uint8_t {
  note,     ///< worth knowing
  warning,  ///< suspicious or unprovable, but countable
  error,    ///< the number is refuted
};

std::string_view name_of(Severity severity);
std::optional<Severity> severity_named(std::string_view name);

/// A record that shows why a claim fails.
struct Witness {
  Place place;
  Counts tokens;
};

/// One of the numbers that a sum adds up.
struct SummedPart {
  std::string name;  ///< "request 17", "entity ada"
  Count count = 0;
};

/// A claim or an identity that does not hold, or cannot be proved.
struct Finding {
  Rule rule = Rule::sum;
  Severity severity = Severity::error;
  Place place;
  std::string_view counter;  ///< static storage; empty = the finding is not about one counter
  std::optional<Count> asserted;
  std::optional<Count> calculated;
  std::optional<ComparedCost> cost = {};  ///< in the place of these two, where it is about money
  std::string basis;       ///< what calculated was made from: "sum of 29 per_request_details"
  std::string_view cause;  ///< id, static storage, see cause.hpp; empty = not known
  std::vector<std::string_view>
      possible_causes;      ///< where there is no cause: those that the numbers allow
  std::string explanation;  ///< one sentence
  std::vector<Witness> witnesses;
  /// What `calculated` adds up, in the order of the files, for pictures; empty where it is unknown,
  /// too much, or no sum.
  std::vector<SummedPart> parts = {};

  /// asserted - calculated; nothing where either is unknown or the difference does not fit.
  std::optional<Count> difference() const;
};

}  // namespace usagectl
