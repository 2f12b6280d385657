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
    case Rule::count: return "a number of requests, completions, outputs or logs is the number of them";
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
