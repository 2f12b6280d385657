#include "analysis/causes/explain_count.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace usagectl {

std::vector<Count> gaps_in(std::vector<Count> numbers) {
  constexpr std::size_t kMostGaps = 1000;
  std::sort(numbers.begin(), numbers.end());
  std::vector<Count> gaps;
  Count expected = 1;
  for (const Count number : numbers) {
    for (; expected < number && gaps.size() < kMostGaps; ++expected) gaps.push_back(expected);
    expected = std::max(expected, number + 1);
  }
  return gaps;
}

Explanation explain_count(const CountClaim& claim, const Group& group) {
  std::vector<Count> numbers = group.numbers;
  const auto members = static_cast<Count>(group.members);
  const Count lacking = claim.asserted - members;
  if (numbers.empty() || static_cast<Count>(numbers.size()) != members) return {};
  std::sort(numbers.begin(), numbers.end());
  const std::vector<Count> gaps = gaps_in(numbers);
  const bool repeats = std::adjacent_find(numbers.begin(), numbers.end()) != numbers.end();
  Fit fit;
  if (lacking > 0 && !repeats && static_cast<Count>(gaps.size()) == lacking &&
      numbers.back() <= claim.asserted) {
    fit.cause = "part-missing";
    fit.shown = Shown::confirmed;
    fit.sentence = fmt::format(
        "number {}{} is not among the {}", gaps.front(),
        gaps.size() > 1 ? fmt::format(" and {} others", gaps.size() - 1) : std::string(),
        claim.parts);
  } else if (lacking > 0 && !repeats && gaps.empty()) {
    fit.cause = "part-missing";
    fit.shown = Shown::vague;
    fit.sentence = fmt::format("the {} end with number {}", claim.parts, numbers.back());
  } else if (lacking < 0 && !repeats && gaps.empty()) {
    fit.cause = "part-newer";
    fit.shown = Shown::vague;
    fit.sentence = fmt::format("the {} go on to number {}", claim.parts, numbers.back());
  } else if (lacking < 0 && repeats && gaps.empty() && numbers.back() == claim.asserted) {
    fit.cause = "detail-repeated";
    fit.shown = Shown::confirmed;
    fit.sentence =
        fmt::format("{} of the {} have a number that another one has", -lacking, claim.parts);
  } else {
    return {};
  }
  std::vector<Fit> fits;
  fits.push_back(std::move(fit));
  return choose(std::move(fits));
}

}  // namespace usagectl
