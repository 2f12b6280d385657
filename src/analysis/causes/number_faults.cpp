// A number was written wrongly: it did not fit, or its digits were changed.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/causes/digits.hpp"
#include "analysis/causes/families.hpp"

namespace usagectl {
namespace {

std::string key_words(Counter counter) {
  std::string name(name_of(counter));
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

void find_wrapped(const Case& of, std::vector<Fit>& fits) {
  const auto failing = of.failing();
  const bool all = std::all_of(failing.begin(), failing.end(),
                               [](const CaseNumber* number) { return is_wrapped(number->calculated, number->asserted); });
  if (failing.empty()) return;
  if (all) {
    Fit fit;
    fit.cause = "number-wrapped";
    fit.shown = Shown::exact;
    fit.sentence = fmt::format("{} is what 32 bits hold of {}", number_words(failing.front()->asserted), number_words(failing.front()->calculated));
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
      const auto right = count && difference ? (ExactSum(*count) += *difference).count() : std::nullopt;
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
  fit.sentence = witnesses.size() == 1 ? fmt::format("is off by a multiple of 2^31: {} did not fit in 32 bits", who)
                                       : fmt::format("is off by a multiple of 2^31: one of {} {}s did not fit in 32 bits, and nothing tells which",
                                                     number_words(static_cast<Count>(witnesses.size())), of.part);
  if (witnesses.size() == 1) fit.witnesses = std::move(witnesses);
  fits.push_back(std::move(fit));
}

void find_rounded(const Case& of, std::vector<Fit>& fits) {
  const auto failing = of.failing();
  const bool all = !failing.empty() && std::all_of(failing.begin(), failing.end(), [&](const CaseNumber* number) {
    const Count larger = std::max(number->asserted, number->calculated);
    if (!is_beyond_double(larger) || !is_double(number->asserted)) return false;
    const auto difference = of.difference(number->counter);
    if (!difference) return false;
    // Each addition may round by half a step.
    const Count steps = static_cast<Count>(of.items.size()) + 1;
    return *difference / double_step(larger) <= steps && -*difference / double_step(larger) <= steps;
  });
  if (!all) return;
  Fit fit;
  fit.cause = "number-rounded";
  fit.shown = Shown::exact;
  fit.sentence = fmt::format("{} is {} as a double holds it, beyond 2^53", number_words(failing.front()->asserted),
                             number_words(failing.front()->calculated));
  fits.push_back(std::move(fit));
}

/// total - input - output of a part as written, where that is none of its other counters.
enum class Sound : std::uint8_t { unknown, yes, no };

Sound is_sound(const Counts& given) {
  const auto input = given[Counter::input];
  const auto output = given[Counter::output];
  const auto total = given[Counter::total];
  if (!input || !output || !total) return Sound::unknown;
  ExactSum beyond(*total);
  beyond -= *input;
  beyond -= *output;
  const Count read = given[Counter::cache_read].value_or(0);
  const Count write = given[Counter::cache_write].value_or(0);
  const Count reasoning = given[Counter::reasoning].value_or(0);
  for (const Count outside : {Count{0}, reasoning}) {
    for (const Count cache : {Count{0}, read, write}) {
      if (beyond == (ExactSum(outside) += cache)) return Sound::yes;
    }
    if (beyond == ((ExactSum(outside) += read) += write)) return Sound::yes;
  }
  return Sound::no;
}

struct Suspect {
  const CasePart* part;
  DigitsChange change;
  Count right;
};

/// Parts in which this number, had it been written rightly, would make the claim hold. One that
/// contradicts its own total otherwise, and no longer then, is found out.
void find_suspects(const Case& of, Counter counter, Count difference, std::vector<Suspect>& suspects, std::vector<Suspect>& found_out) {
  for (const CasePart& item : of.items) {
    const auto count = item.counts[counter];
    const auto written = item.given.empty() ? count : item.given[counter];
    if (!count || !written) continue;
    const auto right = (ExactSum(*written) += difference).count();
    if (!right || *right < 0) continue;
    Counts mended = item.given;
    mended.set(counter, *right);
    const Sound now = is_sound(item.given);
    const Sound then = is_sound(mended);
    const DigitsChange change = digits_change(*right, *written);
    if (now == Sound::no && then == Sound::yes) {
      found_out.push_back({&item, change, *right});
    } else if (now == Sound::unknown && change != DigitsChange::none) {
      suspects.push_back({&item, change, *right});
    }
  }
}

void find_changed_digits(const Case& of, std::vector<Fit>& fits) {
  const auto failing = of.failing();
  if (failing.size() != 1) return;
  const CaseNumber& number = *failing.front();
  const auto difference = of.difference(number.counter);
  if (!difference) return;
  std::vector<Suspect> suspects;
  std::vector<Suspect> found_out;
  find_suspects(of, number.counter, *difference, suspects, found_out);
  const std::string counter = key_words(number.counter);
  Fit fit;
  fit.cause = "digits-changed";
  if (found_out.size() == 1) {
    const Suspect& suspect = found_out.front();
    if (suspect.change == DigitsChange::none) return;
    fit.shown = Shown::confirmed;
    fit.sentence = fmt::format("the {} of {} is {} with {}: its own total says so too", counter, name_of(*suspect.part, of),
                               number_words(suspect.right), words_of(suspect.change));
    fit.witnesses.push_back(witness_of(*suspect.part));
    fits.push_back(std::move(fit));
    return;
  }
  const DigitsChange change = of.confirmed_by.empty() ? digits_change(number.calculated, number.asserted) : DigitsChange::none;
  if (change == DigitsChange::none && suspects.empty()) return;
  fit.shown = Shown::digits;
  if (change != DigitsChange::none) {
    fit.sentence = fmt::format("{} is {} with {}", number_words(number.asserted), number_words(number.calculated), words_of(change));
    if (!suspects.empty()) {
      fit.sentence += fmt::format("; or the same was done to {}{}, which nothing tells", name_of(*suspects.front().part, of),
                                  suspects.size() > 1 ? " or another one" : "");
    }
  } else {
    fit.sentence = fmt::format("the {} of {} may be {} with {}{}", counter, name_of(*suspects.front().part, of),
                               number_words(suspects.front().right), words_of(suspects.front().change),
                               suspects.size() > 1 ? fmt::format("; the same may be true of {} others", suspects.size() - 1) : std::string());
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
