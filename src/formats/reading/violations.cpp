#include "formats/reading/violations.hpp"

#include <utility>

namespace usagectl {

void report(const std::vector<Violation>& violations, const Place& usage,
            Observations& observations) {
  for (const Violation& violation : violations) {
    Finding finding;
    finding.rule = violation.rule;
    finding.severity = violation.severity;
    finding.place = usage;
    if (!violation.key.empty()) finding.place.pointer += "/" + violation.key;
    finding.counter = violation.counter;
    finding.asserted = violation.asserted;
    finding.calculated = violation.calculated;
    finding.basis = violation.basis;
    finding.cause = violation.cause;
    finding.explanation = violation.explanation;
    observations.finding(std::move(finding));
  }
}

}  // namespace usagectl
