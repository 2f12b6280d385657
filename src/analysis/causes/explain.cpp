#include "analysis/causes/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "analysis/causes/families.hpp"
#include "analysis/causes/two_changes.hpp"

namespace usagectl {
namespace {

/// The fits of the best kind there is, one of each cause.
std::vector<Fit> best_of(std::vector<Fit> fits) {
  if (fits.empty()) return fits;
  const Shown best = std::min_element(fits.begin(), fits.end(), [](const Fit& a, const Fit& b) {
                       return a.shown < b.shown;
                     })->shown;
  std::vector<Fit> kept;
  for (Fit& fit : fits) {
    const bool known = std::any_of(kept.begin(), kept.end(),
                                   [&](const Fit& other) { return other.cause == fit.cause; });
    if (fit.shown == best && !known) kept.push_back(std::move(fit));
  }
  return kept;
}

std::vector<Fit> fits_of(const Case& of) {
  std::vector<Fit> fits;
  for (const CauseFamily find : cause_families()) find(of, fits);
  return fits;
}

/// What one cause would explain but for one number, or what is near to one.
std::string closest_to(const Case& of) {
  if (const auto two = explain_by_two(of)) return fmt::format("closest: {}", *two);
  const auto failing = of.failing();
  if (failing.size() < 2) return {};
  for (const CaseNumber* left_out : failing) {
    Case rest = of;
    std::erase_if(rest.numbers,
                  [&](const CaseNumber& number) { return number.counter == left_out->counter; });
    const std::vector<Fit> fits = best_of(fits_of(rest));
    if (fits.size() != 1 || fits.front().shown > Shown::digits) continue;
    return fmt::format("closest: {}, but for {}: {}", fits.front().cause,
                       name_of(left_out->counter), fits.front().sentence);
  }
  return {};
}

}  // namespace

void say(const Explanation& explanation, Finding& finding) {
  finding.cause = explanation.cause;
  finding.possible_causes = explanation.possible;
  finding.witnesses = explanation.witnesses;
  if (explanation.is_certain()) {
    // How a claim was understood is still said.
    constexpr std::string_view kInferred = "inferred: ";
    finding.explanation = fmt::format(
        "{}{}", finding.explanation.starts_with(kInferred) ? kInferred : "", explanation.sentence);
  } else if (!explanation.sentence.empty()) {
    finding.explanation += "; " + explanation.sentence;
  }
}

Explanation choose(std::vector<Fit> all) {
  std::vector<Fit> fits = best_of(std::move(all));
  Explanation explanation;
  if (fits.empty()) return explanation;
  explanation.shown = fits.front().shown;
  if (fits.size() == 1 && explanation.shown != Shown::vague) {
    explanation.cause = fits.front().cause;
    explanation.sentence = std::move(fits.front().sentence);
    explanation.witnesses = std::move(fits.front().witnesses);
    explanation.mended = fits.front().mended;
    return explanation;
  }
  for (Fit& fit : fits) {
    explanation.possible.push_back(fit.cause);
    for (Witness& witness : fit.witnesses) {
      const bool known = std::any_of(explanation.witnesses.begin(), explanation.witnesses.end(),
                                     [&](const Witness& other) {
                                       return other.place.file == witness.place.file &&
                                              other.place.line == witness.place.line &&
                                              other.place.pointer == witness.place.pointer;
                                     });
      if (!known) explanation.witnesses.push_back(std::move(witness));
    }
  }
  if (fits.size() == 1) {
    explanation.sentence = fmt::format("no cause is certain; closest: {}: {}", fits.front().cause,
                                       fits.front().sentence);
    return explanation;
  }
  explanation.sentence = fmt::format("{} causes fit equally", fits.size());
  for (std::size_t i = 0; i < fits.size(); ++i) {
    explanation.sentence +=
        fmt::format("{} {}: {}", i == 0 ? ":" : ";", fits[i].cause, fits[i].sentence);
  }
  return explanation;
}

Explanation explain(const Case& of) {
  Explanation explanation = choose(fits_of(of));
  if (explanation.cause.empty() && explanation.possible.empty()) {
    const std::string closest = closest_to(of);
    if (of.is_too_large) {
      explanation.sentence =
          fmt::format("its sums show no cause, and its {} {} are too many to be looked through",
                      number_words(of.members), of.parts);
      return explanation;
    }
    explanation.sentence = closest.empty()
                               ? "no single cause explains it"
                               : fmt::format("no single cause explains it; {}", closest);
    return explanation;
  }
  if (explanation.shown < Shown::plausible) return explanation;
  // What many differences could be gives way to two causes that the files speak of.
  if (const auto two = explain_by_two(of)) {
    if (explanation.is_certain()) explanation.possible = {explanation.cause};
    explanation.cause = {};
    explanation.sentence = fmt::format("no single cause is certain; closest: {}", *two);
  }
  return explanation;
}

}  // namespace usagectl
