// The parts add up to less than is claimed, by what a part would hold: one is not there.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "analysis/causes/families.hpp"
#include "analysis/causes/total_ways.hpp"

namespace usagectl {
namespace {

bool is_token(Counter counter) {
  return counter != Counter::requests && counter != Counter::completions;
}

/// `part` is held by `whole` in every part that is there, and so it must be in one that is not.
bool fits_in(const Case& of, const Counts& lacking, Counter part, Counter whole) {
  const auto inner = lacking[part];
  const auto outer = lacking[whole];
  if (!inner || !outer || *inner <= *outer) return true;
  return !std::all_of(of.items.begin(), of.items.end(), [&](const CasePart& item) {
    return item.counts[part].value_or(0) <= item.counts[whole].value_or(0);
  });
}

/// As the totals of the parts are made, so is that of the lacking one.
bool adds_up(const Case& of, const Counts& lacking) {
  const std::vector<TotalWay> ways = ways_of(of.items);
  if (of.items.empty()) return TotalWay{}.fits(lacking);
  return ways.empty() || fits_a_way(lacking, ways);
}

/// No part that is there has 0 of the counter, so neither would the lacking one.
bool lacks_what_all_have(const Case& of, const Counts& lacking) {
  constexpr std::array kInEveryCall = {Counter::input, Counter::output, Counter::total};
  return std::any_of(kInEveryCall.begin(), kInEveryCall.end(), [&](Counter counter) {
    return lacking[counter] == 0 && !of.items.empty() &&
           std::all_of(of.items.begin(), of.items.end(),
                       [&](const CasePart& item) { return item.counts[counter].value_or(0) > 0; });
  });
}

/// As large as the parts that are there, in their order of magnitude.
bool is_in_range(const Case& of, const Counts& lacking) {
  constexpr Count kTimes = 8;
  constexpr std::array kSizes = {Counter::input, Counter::output, Counter::total};
  return std::all_of(kSizes.begin(), kSizes.end(), [&](Counter counter) {
    if (!lacking.has(counter) || of.items.empty()) return true;
    Count largest = 0;
    for (const CasePart& item : of.items)
      largest = std::max(largest, item.counts[counter].value_or(0));
    return *lacking[counter] / kTimes <= largest;
  });
}

/// How many parts the claim has more than there are; nothing where it does not say.
std::optional<Count> parts_lacking(const Case& of) {
  const bool are_calls = std::none_of(of.items.begin(), of.items.end(),
                                      [](const CasePart& item) { return item.is_sum; });
  if (are_calls && of.has(Counter::requests)) return of.difference(Counter::requests);
  if (of.members_asserted) return *of.members_asserted - of.members;
  return std::nullopt;
}

/// The list that lacks a part: another part's place is not that of the one that is missing.
Place place_of_list(const Case& of) {
  if (of.items.empty()) return of.place;
  Place place = of.items.front().place;
  const auto slash = place.pointer.rfind('/');
  const std::string_view index =
      slash == std::string::npos ? "" : std::string_view(place.pointer).substr(slash + 1);
  const bool is_index =
      !index.empty() && index.find_first_not_of("0123456789") == std::string_view::npos;
  if (!is_index) return of.place;
  place.pointer.resize(slash);
  return place;
}

std::string numbers_words(const std::vector<Count>& numbers, std::string_view part) {
  if (numbers.size() == 1) return fmt::format("{} {}", part, numbers.front());
  const bool is_run = numbers.back() - numbers.front() + 1 == static_cast<Count>(numbers.size());
  if (is_run) return fmt::format("{}s {} to {}", part, numbers.front(), numbers.back());
  return fmt::format("{}s {}", part, fmt::join(numbers, ", "));
}

/// The numbers that lack in 1..N, where N is what there should be.
std::vector<Count> lacking_numbers(const Case& of, std::optional<Count> lacking) {
  if (!of.missing_numbers.empty()) return of.missing_numbers;
  const bool numbered =
      !of.items.empty() && std::all_of(of.items.begin(), of.items.end(),
                                       [](const CasePart& item) { return item.number != 0; });
  if (!numbered || !lacking || *lacking > 1000) return {};
  Count last = 0;
  for (const CasePart& item : of.items) last = std::max(last, item.number);
  if (last != static_cast<Count>(of.items.size())) return {};  // repeats: no end can be told
  std::vector<Count> numbers;
  for (Count i = 1; i <= *lacking; ++i) numbers.push_back(last + i);
  return numbers;
}

}  // namespace

void find_missing_parts(const Case& of, std::vector<Fit>& fits) {
  const auto failing = of.failing();
  std::size_t tokens_that_fail = 0;
  for (const CaseNumber* number : failing) {
    if (number->asserted < number->calculated) return;
    if (is_token(number->counter)) ++tokens_that_fail;
  }
  if (tokens_that_fail == 0) return;
  const auto lacking_parts = parts_lacking(of);
  if (lacking_parts && *lacking_parts < 1) return;
  // A part that adds up calls would have some.
  if (of.has(Counter::requests) && of.difference(Counter::requests).value_or(0) < 1) return;
  const Count count = lacking_parts.value_or(1);
  const Counts lacking = differences(of);
  if (!fits_in(of, lacking, Counter::reasoning, Counter::output) ||
      !fits_in(of, lacking, Counter::cache_read, Counter::input) ||
      !fits_in(of, lacking, Counter::reasoning, Counter::total) || !adds_up(of, lacking) ||
      lacks_what_all_have(of, lacking)) {
    return;
  }
  const std::vector<Count> numbers = lacking_numbers(of, lacking_parts);
  const bool gap_fits =
      !of.missing_numbers.empty() &&
      (!lacking_parts || static_cast<Count>(of.missing_numbers.size()) == *lacking_parts);
  if (!of.missing_numbers.empty() && lacking_parts && !gap_fits) return;
  // Two lists would not lack the same.
  if (of.is_refuted_elsewhere && !gap_fits) return;

  const bool are_sums = std::any_of(of.items.begin(), of.items.end(),
                                    [](const CasePart& item) { return item.is_sum; });
  Fit fit;
  fit.cause = are_sums ? "part-missing" : "detail-missing";
  if (gap_fits || !of.confirmed_by.empty() || (are_sums && lacking_parts)) {
    fit.shown = Shown::confirmed;
  } else if ((lacking_parts == 1 || (!lacking_parts && tokens_that_fail > 1)) &&
             is_in_range(of, lacking)) {
    fit.shown = Shown::plausible;
  } else {
    fit.shown = Shown::vague;
  }
  const std::string words = words_of(lacking, of);
  if (!numbers.empty()) {
    fit.sentence = fmt::format("{} {} missing from the list ({})", numbers_words(numbers, of.part),
                               numbers.size() == 1 ? "is" : "are", words);
    fit.witnesses.push_back({place_of_list(of), lacking});
  } else if (lacking_parts && *lacking_parts > 1) {
    fit.sentence = fmt::format("equals {} {}s ({}) that are not among the {}", number_words(count),
                               of.part, words, of.parts);
  } else {
    fit.sentence =
        fmt::format("equals one {} ({}) that is not among the {}", of.part, words, of.parts);
  }
  if (!of.confirmed_by.empty()) fit.sentence += fmt::format("; {}", of.confirmed_by);
  fits.push_back(std::move(fit));
}

}  // namespace usagectl
