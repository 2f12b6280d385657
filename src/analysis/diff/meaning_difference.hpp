#pragma once

#include <vector>

#include "analysis/diff/pairing.hpp"
#include "analysis/diff/part.hpp"
#include "analysis/meaning/likeness.hpp"
#include "analysis/meaning/side.hpp"

namespace usagectl {

/// The axes that only `diff` has, after those of kAnswerNames. Of these only a difference counts:
/// most captures never say what they are about.
inline constexpr std::string_view kCompletionsAxis = "completions";
inline constexpr std::string_view kCostAxis = "cost";

/// Compares what the counts mean, axis by axis.
std::vector<AxisDifference> compare_meaning(const Side& a, const Side& b, const Pairs& pairs);

PartVerdict judge_meaning(const std::vector<AxisDifference>& meaning);
/// Same where the numbers prove every axis that matters, on both sides, and not only what a
/// vocabulary says of itself.
PartVerdict judge_proof(const std::vector<AxisDifference>& meaning, bool holds_the_same);

}  // namespace usagectl
