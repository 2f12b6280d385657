// The parts add up to more than is claimed, by parts that appear twice.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/causes/families.hpp"
#include "analysis/causes/twins.hpp"

namespace usagectl {
namespace {

bool is_other_call_log(const Repeat& repeat) {
  return repeat.first->model != repeat.again->model || repeat.first->failed != repeat.again->failed;
}

Fit fit_of(const Case& of, const std::vector<const Repeat*>& repeats, Shown shown) {
  Fit fit;
  const bool logged_twice = std::any_of(repeats.begin(), repeats.end(), [](const Repeat* repeat) {
    return is_other_call_log(*repeat);
  });
  fit.cause = logged_twice ? "call-logged-twice" : "detail-repeated";
  fit.shown = shown;
  const Repeat& first = *repeats.front();
  if (repeats.size() == 1) {
    fit.sentence = fmt::format("equals {} ({}), which appears twice", name_of(*first.again, of),
                               words_of(first.again->counts, of));
  } else {
    fit.sentence = fmt::format("equals {} {}s that appear twice, the first of them {}",
                               number_words(static_cast<Count>(repeats.size())), of.part,
                               name_of(*first.again, of));
  }
  if (logged_twice) fit.sentence += ", under two names or results";
  for (const Repeat* repeat : repeats) {
    fit.witnesses.push_back(witness_of(*repeat->again));
    fit.witnesses.push_back(witness_of(*repeat->first));
  }
  return fit;
}

/// One report more of a call, which a sum must not hold.
void find_told_again(const Case& of, std::vector<Fit>& fits) {
  if (of.told_again.empty()) return;
  PartsSum sum;
  for (const CasePart& report : of.told_again) sum.add(report);
  if (!is_difference(of, sum.counts(), 1)) return;
  const bool are_chunks =
      std::any_of(of.told_again.begin(), of.told_again.end(), [&](const CasePart& report) {
        return std::none_of(of.items.begin(), of.items.end(), [&](const CasePart& item) {
          return item.id == report.id && item.counts == report.counts;
        });
      });
  Fit fit;
  fit.cause = are_chunks ? "stream-chunks-summed" : "call-logged-twice";
  fit.shown = Shown::confirmed;
  fit.sentence = fmt::format(
      "equals {} further reports of calls that were reported before ({}): {}",
      number_words(static_cast<Count>(of.told_again.size())), words_of(sum.counts(), of),
      are_chunks ? "each report of a call was added" : "they were added as well");
  for (const CasePart& report : of.told_again) fit.witnesses.push_back(witness_of(report));
  fits.push_back(std::move(fit));
}

/// Twice or three times what there is, in every number that fails: all of it was added again.
void find_whole_sum_again(const Case& of, std::vector<Fit>& fits) {
  const auto failing = of.failing();
  std::size_t tokens = 0;
  Count times = 0;
  for (const CaseNumber* number : failing) {
    if (number->calculated <= 0 || number->asserted % number->calculated != 0) return;
    const Count of_this = number->asserted / number->calculated;
    if ((times != 0 && of_this != times) || of_this < 2 || of_this > 3) return;
    times = of_this;
    tokens += number->counter != Counter::requests && number->counter != Counter::completions;
  }
  // The number of calls may be right, and a counter of which there is nothing is.
  const bool all_fail = std::all_of(of.numbers.begin(), of.numbers.end(), [](const auto& number) {
    return number.fails() || number.calculated == 0 || number.counter == Counter::requests ||
           number.counter == Counter::completions;
  });
  if (!all_fail || tokens < 2 || (of.members < 2 && of.items.size() < 2)) return;
  Fit fit;
  fit.cause = "sum-added-again";
  fit.shown = Shown::exact;
  fit.sentence = fmt::format("is exactly {} the sum: every {} was added {}",
                             times == 2 ? "twice" : "three times", of.part,
                             times == 2 ? "twice" : "three times");
  fits.push_back(std::move(fit));
}

}  // namespace

void find_repeated_parts(const Case& of, std::vector<Fit>& fits) {
  find_whole_sum_again(of, fits);
  find_told_again(of, fits);
  const std::vector<Repeat> repeats = repeats_among(of);
  if (repeats.empty()) return;
  PartsSum named;
  std::vector<const Repeat*> by_name;
  for (const Repeat& repeat : repeats) {
    if (repeat.twin != Twin::by_name) continue;
    named.add(*repeat.again);
    by_name.push_back(&repeat);
  }
  if (!by_name.empty() && is_difference(of, named.counts(), -1)) {
    fits.push_back(fit_of(of, by_name, Shown::confirmed));
    return;
  }
  PartsSum all;
  std::vector<const Repeat*> every;
  for (const Repeat& repeat : repeats) {
    all.add(*repeat.again);
    every.push_back(&repeat);
  }
  if (every.size() > 1 && is_difference(of, all.counts(), -1)) {
    fits.push_back(fit_of(of, every, of.failures() == 1 ? Shown::digits : Shown::exact));
    return;
  }
  for (const Repeat& repeat : repeats) {
    if (!is_difference(of, repeat.again->counts, -1)) continue;
    const bool confirmed = repeat.twin == Twin::by_name;
    const bool one_number = of.failures() == 1;
    fits.push_back(fit_of(of, {&repeat},
                          confirmed    ? Shown::confirmed
                          : one_number ? Shown::digits
                                       : Shown::exact));
    return;
  }
}

}  // namespace usagectl
