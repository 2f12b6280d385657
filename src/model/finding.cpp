#include "model/finding.hpp"

#include "model/count.hpp"

namespace usagectl {

std::string_view name_of(Rule rule) {
  switch (rule) {
    case Rule::sum: return "sum";
    case Rule::count: return "count";
    case Rule::sequence: return "sequence";
    case Rule::identity: return "identity";
    case Rule::part: return "part";
    case Rule::number: return "number";
    case Rule::continuity: return "continuity";
    case Rule::duplicate: return "duplicate";
    case Rule::coverage: return "coverage";
    case Rule::chain: return "chain";
    case Rule::layout: return "layout";
  }
  return "sum";
}

std::string_view meaning_of(Rule rule) {
  switch (rule) {
    case Rule::sum: return "an aggregate is the sum of its parts";
    case Rule::count:
      return "a number of requests, completions, outputs or logs is the number of them";
    case Rule::sequence: return "a numbering has no gaps and no repeats";
    case Rule::identity: return "a total is what its own object's parts give, and copies agree";
    case Rule::part: return "a part does not exceed its whole";
    case Rule::number: return "a count is a whole number from 0 to 2^63-1, given once";
    case Rule::continuity: return "a running total never falls";
    case Rule::duplicate: return "one call is counted once";
    case Rule::coverage: return "every call that answered has its usage";
    case Rule::chain: return "a response id stands once, in one chain of one entity";
    case Rule::layout: return "a file is what its name and format say";
  }
  return "";
}

std::string_view help_of(Rule rule) {
  switch (rule) {
    case Rule::sum:
      return "The file states a total that its own parts do not add up to. Look for a part that is "
             "missing, counted "
             "twice, or written after the total was saved.";
    case Rule::count:
      return "The file states how many requests, completions, outputs or logs there are, and holds "
             "another number of "
             "them.";
    case Rule::sequence:
      return "Records are numbered, and a number is missing or stands twice: a record was lost or "
             "written twice.";
    case Rule::identity:
      return "The counts of one usage object contradict each other, or two copies of them do. See "
             "usagectl inspect for "
             "what each count means.";
    case Rule::part:
      return "A part is larger than what it is a part of, as reasoning larger than output: the "
             "counts do not mean what "
             "their names say.";
    case Rule::number:
      return "What stands where a count belongs is none: negative, fractional, out of range, a "
             "text, or given twice.";
    case Rule::continuity:
      return "A running total falls, or its steps do not add up to it: it was reset, or a step was "
             "not recorded.";
    case Rule::duplicate:
      return "One call stands in the logs more than once. Sums made from them by hand count it "
             "twice.";
    case Rule::coverage:
      return "A call was made whose usage is not known, so that every sum over it is too small.";
    case Rule::chain:
      return "A chain of responses repeats an id, is too long, or shares a response with another "
             "one.";
    case Rule::layout:
      return "The file is not what its name or format says: formats are mixed, or a part is "
             "missing.";
  }
  return "";
}

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
