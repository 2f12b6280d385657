#include "formats/layouts/claims/number_course.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace usagectl {

void NumberCourse::add(const ClaimedPart& added) {
  if (added.count) added_ = (ExactSum(added_.value_or(0)) += *added.count).count();
}

std::optional<Finding> NumberCourse::next(const LayoutClaim& claim, const ClaimedPart& seen,
                                          std::uint64_t missed, Observations& observations) {
  const bool is_whole = std::exchange(missed_, missed) == missed;
  const auto before = std::exchange(last_, seen.count);
  const auto added = std::exchange(added_, std::nullopt);
  if (claim.kind == LayoutClaim::Kind::sequence) {
    const Count next = before ? *before + 1 : std::min<Count>(*seen.count, 1);
    if (*seen.count == next) {
      observations.held();
      return std::nullopt;
    }
    if (!before && may_go_on_)
      return Finding{.rule = Rule::sequence,
                     .severity = Severity::note,
                     .asserted = seen.count,
                     .explanation = "the numbering does not begin in this file"};
    if (!is_whole) return std::nullopt;
    return Finding{.rule = Rule::sequence,
                   .asserted = seen.count,
                   .calculated = next,
                   .basis = "next number",
                   .explanation = "the numbering has a gap or a repeat"};
  }
  if (!before) return std::nullopt;
  const auto total = added ? (ExactSum(*before) += *added).count() : std::nullopt;
  if (*seen.count < *before)
    return Finding{.rule = Rule::continuity,
                   .asserted = seen.count,
                   .calculated = before,
                   .basis = "reported before",
                   .explanation = "the running total falls"};
  if (is_whole && total && total != seen.count)
    return Finding{.rule = Rule::continuity,
                   .asserted = seen.count,
                   .calculated = total,
                   .basis = fmt::format("reported before + {}", names_of(claim.of)),
                   .explanation = "the running total does not grow by what was added"};
  observations.held();
  return std::nullopt;
}

}  // namespace usagectl
