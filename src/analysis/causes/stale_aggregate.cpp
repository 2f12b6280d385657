// The aggregate was made at another moment, or of other numbers, than its parts.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/causes/families.hpp"

namespace usagectl {
namespace {

bool stand_elsewhere(const Case& of) {
  return std::all_of(of.items.begin(), of.items.end(),
                     [&](const CasePart& item) { return item.place.file != of.place.file; });
}

/// The aggregate is the sum of the first parts: the last ones came after it was saved.
void find_first_parts(const Case& of, std::vector<Fit>& fits) {
  if (of.items.size() < 2) return;
  PartsSum later;
  for (std::size_t first = of.items.size(); first-- > 1;) {
    later.add(of.items[first]);
    if (!is_difference(of, later.counts(), -1)) continue;
    const std::size_t more = of.items.size() - first;
    Fit fit;
    const bool elsewhere = stand_elsewhere(of);
    fit.cause = elsewhere ? "part-newer" : "aggregate-stale";
    fit.shown = of.failures() == 1 ? Shown::digits : Shown::exact;
    fit.sentence = fmt::format(
        "is the sum of the first {} of {} {}: it was saved before {} {}",
        number_words(static_cast<Count>(first)), number_words(static_cast<Count>(of.items.size())),
        of.parts, name_of(of.items[first], of),
        more == 1
            ? "was added"
            : fmt::format("and {} more were added", number_words(static_cast<Count>(more - 1))));
    for (std::size_t i = first; i < of.items.size(); ++i)
      fit.witnesses.push_back(witness_of(of.items[i]));
    fits.push_back(std::move(fit));
    return;
  }
}

/// Parts in files of their own are written before the aggregate: when the writer stopped in
/// between, they hold calls that it does not.
void find_newer_parts(const Case& of, std::vector<Fit>& fits) {
  const bool are_sums =
      !of.items.empty() && std::all_of(of.items.begin(), of.items.end(),
                                       [](const CasePart& item) { return item.is_sum; });
  if (!are_sums || !stand_elsewhere(of)) return;
  std::size_t failures = 0;
  for (const CaseNumber* number : of.failing()) {
    if (number->asserted > number->calculated) return;
    ++failures;
  }
  const auto requests = of.difference(Counter::requests);
  if (requests && *requests >= 0) return;
  if (failures < 2 && of.confirmed_by.empty()) return;
  Fit fit;
  fit.cause = "part-newer";
  fit.shown = !of.confirmed_by.empty() ? Shown::confirmed : Shown::plausible;
  Counts more;
  for (const CaseNumber& number : of.numbers) {
    if (const auto difference = of.difference(number.counter); difference && *difference <= 0)
      more.set(number.counter, -*difference);
  }
  fit.sentence = fmt::format(
      "the {} hold more ({}): they were written after it, and the writer stopped in between",
      of.parts, words_of(more, of));
  if (!of.confirmed_by.empty()) fit.sentence += fmt::format("; {}", of.confirmed_by);
  fits.push_back(std::move(fit));
}

void find_earlier_included(const Case& of, std::vector<Fit>& fits) {
  if (of.before.empty() || !is_difference(of, of.before, 1)) return;
  Fit fit;
  fit.cause = "aggregate-includes-earlier";
  fit.shown = of.failures() == 1 ? Shown::exact : Shown::confirmed;
  fit.sentence =
      fmt::format("equals the snapshot before ({}): it was added to what the {} hold already",
                  words_of(of.before, of), of.parts);
  fit.witnesses.push_back({of.before_place, of.before});
  fits.push_back(std::move(fit));
}

/// Every part was taken for a step, added to a running total, and the running totals were summed.
void find_running_totals_summed(const Case& of, std::vector<Fit>& fits) {
  if (of.items.size() < 2) return;
  PartsSum running;
  PartsSum sum;
  for (const CasePart& item : of.items) {
    running.add(item);
    sum.add(running.counts());
  }
  const Counts summed = sum.counts();
  std::size_t exact = 0;
  for (const CaseNumber& number : of.numbers) {
    if (!number.fails()) continue;
    if (summed[number.counter] != number.asserted) return;
    // Numbers of calls are small, and met by chance.
    if (number.counter != Counter::requests && number.counter != Counter::completions) ++exact;
  }
  if (exact == 0) return;
  Fit fit;
  fit.cause = "cumulative-summed";
  fit.shown = Shown::exact;
  fit.sentence =
      fmt::format("is the sum of the {} running totals after each {}, not the last of them",
                  number_words(static_cast<Count>(of.items.size())), of.part);
  fit.witnesses.push_back(witness_of(of.items.back()));
  fits.push_back(std::move(fit));
}

}  // namespace

void find_stale_aggregate(const Case& of, std::vector<Fit>& fits) {
  find_first_parts(of, fits);
  find_newer_parts(of, fits);
  find_earlier_included(of, fits);
  find_running_totals_summed(of, fits);
}

}  // namespace usagectl
