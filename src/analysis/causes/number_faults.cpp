// A number was written wrongly: it did not fit, or its digits were changed.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/causes/digits.hpp"
#include "analysis/causes/families.hpp"
#include "analysis/causes/total_ways.hpp"

namespace usagectl {
namespace {

std::string key_words(Counter counter) {
  std::string name(name_of(counter));
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

void find_wrapped(const Case& of, std::vector<Fit>& fits) {
  const auto failing = of.failing();
  const bool all = std::all_of(failing.begin(), failing.end(), [](const CaseNumber* number) {
    return is_wrapped(number->calculated, number->asserted);
  });
  if (failing.empty()) return;
  if (all) {
    Fit fit;
    fit.cause = "number-wrapped";
    fit.shown = Shown::exact;
    fit.sentence =
        fmt::format("{} is what 32 bits hold of {}", number_words(failing.front()->asserted),
                    number_words(failing.front()->calculated));
    fits.push_back(std::move(fit));
    return;
  }
  // Or a part was wrapped, and the aggregate is right.
  std::vector<Witness> witnesses;
  std::string who;
  for (const CasePart& item : of.items) {
    const bool is_all = std::all_of(failing.begin(), failing.end(), [&](const CaseNumber* number) {
      const auto count = item.counts[number->counter];
      const auto difference = of.difference(number->counter);
      const auto right =
          count && difference ? (ExactSum(*count) += *difference).count() : std::nullopt;
      return right && is_wrapped(*right, *count) && (*right - *count) % (Count{1} << 31) == 0;
    });
    if (!is_all) continue;
    if (witnesses.empty()) who = name_of(item, of);
    witnesses.push_back(witness_of(item));
  }
  if (witnesses.empty()) return;
  Fit fit;
  fit.cause = "number-wrapped";
  fit.shown = Shown::exact;
  fit.sentence = witnesses.size() == 1
                     ? fmt::format("is off by a multiple of 2^31: {} did not fit in 32 bits", who)
                     : fmt::format(
                           "is off by a multiple of 2^31: one of {} {}s did not fit in 32 bits, "
                           "and nothing shows which",
                           number_words(static_cast<Count>(witnesses.size())), of.part);
  if (witnesses.size() == 1) fit.witnesses = std::move(witnesses);
  fits.push_back(std::move(fit));
}

void find_rounded(const Case& of, std::vector<Fit>& fits) {
  const auto failing = of.failing();
  const bool all = !failing.empty() &&
                   std::all_of(failing.begin(), failing.end(), [&](const CaseNumber* number) {
                     const Count larger = std::max(number->asserted, number->calculated);
                     if (!is_beyond_double(larger) || !is_double(number->asserted)) return false;
                     const auto difference = of.difference(number->counter);
                     if (!difference) return false;
                     // Each addition may round by half a step.
                     const Count steps = static_cast<Count>(of.items.size()) + 1;
                     return *difference / double_step(larger) <= steps &&
                            -*difference / double_step(larger) <= steps;
                   });
  if (!all) return;
  Fit fit;
  fit.cause = "number-rounded";
  fit.shown = Shown::exact;
  fit.sentence = fmt::format("{} is {} as a double stores it, beyond 2^53",
                             number_words(failing.front()->asserted),
                             number_words(failing.front()->calculated));
  fits.push_back(std::move(fit));
}

struct Suspect {
  const CasePart* part;
  DigitsChange change;
  Count right;
  bool is_found_out;  ///< it contradicts itself as it is written
};

/// Parts without a total of their own that would tell, in which this number may have been changed.
std::vector<Suspect> suspects_in(const Case& of, Counter counter, Count difference) {
  std::vector<Suspect> suspects;
  for (const CasePart& item : of.items) {
    const auto count = item.counts[counter];
    const bool tells = item.given.has(Counter::input) && item.given.has(Counter::output) &&
                       item.given.has(Counter::total);
    if (!count || tells) continue;
    const auto right = (ExactSum(*count) += difference).count();
    if (!right || *right < 0) continue;
    const DigitsChange change = digits_change(*right, *count);
    if (change == DigitsChange::none) continue;
    Counts mended = item.counts;
    mended.set(counter, *right);
    suspects.push_back(
        {&item, change, *right, contradicts_itself(item.counts) && !contradicts_itself(mended)});
  }
  // One that is found out clears the others.
  const auto is_found_out = [](const Suspect& suspect) { return suspect.is_found_out; };
  if (std::count_if(suspects.begin(), suspects.end(), is_found_out) == 1) {
    std::erase_if(suspects, [&](const Suspect& suspect) { return !is_found_out(suspect); });
  }
  return suspects;
}

void find_changed_digits(const Case& of, std::vector<Fit>& fits) {
  const auto failing = of.failing();
  if (failing.size() != 1) return;
  const CaseNumber& number = *failing.front();
  const auto difference = of.difference(number.counter);
  if (!difference) return;
  const std::vector<Suspect> suspects = of.is_refuted_elsewhere
                                            ? std::vector<Suspect>()
                                            : suspects_in(of, number.counter, *difference);
  const std::string counter = key_words(number.counter);
  Fit fit;
  fit.cause = "digits-changed";
  const bool is_found_out = suspects.size() == 1 && suspects.front().is_found_out;
  const DigitsChange change = of.confirmed_by.empty() && !is_found_out
                                  ? digits_change(number.calculated, number.asserted)
                                  : DigitsChange::none;
  if (change == DigitsChange::none && suspects.empty()) return;
  fit.shown = is_found_out ? Shown::confirmed : Shown::digits;
  if (change != DigitsChange::none) {
    fit.sentence = fmt::format("{} is {} with {}", number_words(number.asserted),
                               number_words(number.calculated), words_of(change));
    if (!suspects.empty()) {
      fit.sentence += fmt::format("; or the same was done to {}{}, which nothing shows",
                                  name_of(*suspects.front().part, of),
                                  suspects.size() > 1 ? " or another one" : "");
    }
  } else {
    fit.sentence = fmt::format(
        "the {} of {} may be {} with {}{}", counter, name_of(*suspects.front().part, of),
        number_words(suspects.front().right), words_of(suspects.front().change),
        suspects.size() > 1
            ? fmt::format("; the same may be true of {} others", suspects.size() - 1)
            : std::string());
  }
  for (const Suspect& suspect : suspects) fit.witnesses.push_back(witness_of(*suspect.part));
  fits.push_back(std::move(fit));
}

}  // namespace

void find_number_faults(const Case& of, std::vector<Fit>& fits) {
  find_wrapped(of, fits);
  find_rounded(of, fits);
  find_changed_digits(of, fits);
}

}  // namespace usagectl
