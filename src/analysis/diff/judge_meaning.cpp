// The verdicts on the meaning and on its proof, from what was found axis by axis.
#include <fmt/format.h>

#include "analysis/diff/meaning_difference.hpp"

namespace usagectl {
namespace {

std::vector<std::string> names_where(const std::vector<AxisDifference>& meaning, auto&& test) {
  std::vector<std::string> names;
  for (const AxisDifference& axis : meaning) {
    if (test(axis)) names.emplace_back(axis.axis);
  }
  return names;
}

bool counts_only_if_different(const AxisDifference& axis) {
  return axis.axis == kCompletionsAxis || axis.axis == kCostAxis;
}

std::string listed(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

PartVerdict judge_meaning(const std::vector<AxisDifference>& meaning) {
  const auto different = names_where(
      meaning, [](const AxisDifference& axis) { return axis.verdict == Likeness::different; });
  const auto open = names_where(meaning, [](const AxisDifference& axis) {
    return axis.verdict == Likeness::undetermined && !counts_only_if_different(axis);
  });
  if (!different.empty()) {
    std::vector<std::string> texts;
    for (const AxisDifference& axis : meaning) {
      if (axis.verdict != Likeness::different) continue;
      texts.push_back(
          axis.a.value == axis.b.value
              ? fmt::format("{} differs", axis.axis)
              : fmt::format("{} is {} in A, {} in B", axis.axis, axis.a.value, axis.b.value));
    }
    std::string sentence = texts.front();
    if (texts.size() > 1)
      sentence += fmt::format("; {} differ{} too", listed({different.begin() + 1, different.end()}),
                              texts.size() == 2 ? "s" : "");
    return {Likeness::different, std::move(sentence)};
  }
  if (!open.empty()) return {Likeness::undetermined, "nothing proves " + listed(open)};
  // Two captures that report nothing to compare are alike only in that.
  const auto known = names_where(meaning, [](const AxisDifference& axis) {
    return axis.a.value != "absent" && !counts_only_if_different(axis);
  });
  if (known.empty()) return {Likeness::undetermined, "no axis is known on either side"};
  return {Likeness::same,
          fmt::format("{} {} the same", known.size(), known.size() == 1 ? "axis is" : "axes are")};
}

PartVerdict judge_proof(const std::vector<AxisDifference>& meaning, bool holds_the_same) {
  const auto is_proved = [](const Answer& answer) {
    return (answer.by == Proof::arithmetic || answer.by == Proof::pairing) &&
           answer.value != "undetermined" && answer.value != "mixed";
  };
  std::vector<std::string> open;
  std::vector<std::string> proved;
  std::vector<std::string> untested;
  for (const AxisDifference& axis : meaning) {
    if (counts_only_if_different(axis)) continue;
    if (!axis.matters) {
      if (axis.a.value != "absent" || axis.b.value != "absent") untested.emplace_back(axis.axis);
    } else if (is_proved(axis.a) && is_proved(axis.b)) {
      proved.emplace_back(axis.axis);
    } else {
      open.emplace_back(axis.axis);
    }
  }
  const std::string rest =
      untested.empty() ? "" : "; 0 in every call, so untested: " + listed(untested);
  if (holds_the_same) return {Likeness::same, "both sides hold the same numbers"};
  if (!open.empty())
    return {Likeness::undetermined, "not proved on both sides: " + listed(open) + rest};
  if (proved.empty()) return {Likeness::same, "nothing to prove" + rest};
  return {Likeness::same, "proved on both sides: " + listed(proved) + rest};
}

}  // namespace usagectl
