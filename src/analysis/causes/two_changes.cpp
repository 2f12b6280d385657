#include "analysis/causes/two_changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "analysis/causes/families.hpp"
#include "analysis/causes/twins.hpp"

namespace usagectl {
namespace {

struct Changed {
  std::string_view cause;
  Case rest;  ///< as it would be without that cause
};

std::optional<Case> changed_by(const Case& of, const Counts& change, int sign) {
  Case rest = of;
  for (CaseNumber& number : rest.numbers) {
    ExactSum sum(number.calculated);
    const Count by = change[number.counter].value_or(0);
    if (sign > 0) {
      sum += by;
    } else {
      sum -= by;
    }
    const auto calculated = sum.count();
    if (!calculated) return std::nullopt;
    number.calculated = *calculated;
  }
  return rest;
}

/// The case with each change undone that the files themselves speak of.
std::vector<Changed> with_one_change(const Case& of) {
  std::vector<Changed> all;
  const auto change = [&](std::string_view cause, const Counts& by, int sign) {
    if (auto rest = changed_by(of, by, sign)) all.push_back({cause, std::move(*rest)});
  };
  if (!of.before.empty()) change("aggregate-includes-earlier", of.before, 1);
  PartsSum again;
  for (const CasePart& report : of.told_again) again.add(report);
  if (again.parts() > 0) change("stream-chunks-summed", again.counts(), 1);
  PartsSum failed;
  for (const CasePart& item : of.items) {
    if (item.failed) failed.add(item);
  }
  if (failed.parts() > 0) change("failed-call-left-out", failed.counts(), -1);
  constexpr std::size_t kFewRepeats = 16;
  const std::vector<Repeat> repeats = repeats_among(of);
  if (repeats.size() <= kFewRepeats) {
    for (const Repeat& repeat : repeats) change("detail-repeated", repeat.again->counts, -1);
  }
  // Of each number alone: a counter that was added to another, or left out of it.
  for (const CaseNumber* number : of.failing()) {
    Case alone = of;
    std::erase_if(alone.numbers,
                  [&](const CaseNumber& other) { return other.counter != number->counter; });
    std::vector<Fit> fits;
    find_counts_mixed_up(alone, fits);
    if (fits.empty() || of.failures() == 1) continue;
    Case rest = of;
    std::erase_if(rest.numbers,
                  [&](const CaseNumber& other) { return other.counter == number->counter; });
    all.push_back({fits.front().cause, std::move(rest)});
  }
  const CaseNumber* const completions = of.number(Counter::completions);
  const CaseNumber* const requests = of.number(Counter::requests);
  if (completions != nullptr && requests != nullptr &&
      completions->asserted == requests->asserted && completions->fails()) {
    Case rest = of;
    std::erase_if(rest.numbers,
                  [](const CaseNumber& number) { return number.counter == Counter::completions; });
    all.push_back({"completions-per-request", std::move(rest)});
  }
  return all;
}

}  // namespace

std::optional<std::string> explain_by_two(const Case& of) {
  for (const Changed& changed : with_one_change(of)) {
    std::vector<Fit> fits;
    for (const CauseFamily find : cause_families()) find(changed.rest, fits);
    const auto best = std::min_element(
        fits.begin(), fits.end(), [](const Fit& a, const Fit& b) { return a.shown < b.shown; });
    if (best == fits.end() || best->shown > Shown::digits || best->cause == changed.cause) continue;
    return fmt::format("{} and {} together: then {}{}", changed.cause, best->cause,
                       best->sentence.starts_with(of.part) ? "" : "it ", best->sentence);
  }
  return std::nullopt;
}

}  // namespace usagectl
