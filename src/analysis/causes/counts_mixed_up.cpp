// One counter was added to another, or left out of it: reasoning, the cache, completions.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "analysis/causes/families.hpp"
#include "analysis/causes/total_ways.hpp"

namespace usagectl {
namespace {

bool only_these_fail(const Case& of, std::initializer_list<Counter> counters) {
  const auto failing = of.failing();
  return !failing.empty() &&
         std::all_of(failing.begin(), failing.end(), [&](const CaseNumber* number) {
           return std::find(counters.begin(), counters.end(), number->counter) != counters.end();
         });
}

/// 1 or -1 when every failing number is off by exactly `amount`, in one direction; else 0.
int direction(const Case& of, Count amount) {
  int sign = 0;
  for (const CaseNumber* number : of.failing()) {
    const auto difference = of.difference(number->counter);
    if (!difference || (*difference != amount && *difference != -amount)) return 0;
    const int here = *difference > 0 ? 1 : -1;
    if (sign != 0 && sign != here) return 0;
    sign = here;
  }
  return sign;
}

/// The parts that have some of it.
std::vector<Witness> witnesses_with(const Case& of, Counter counter) {
  std::vector<Witness> witnesses;
  for (const CasePart& item : of.items) {
    if (item.counts[counter].value_or(0) > 0) witnesses.push_back(witness_of(item));
  }
  return witnesses;
}

struct Surplus {
  Count tokens;
  std::string_view words;
  Counter shown_by;
};

void find_added_or_left_out(const Case& of, const Surplus& amount, std::string_view added,
                            std::string_view left_out, std::vector<Fit>& fits) {
  if (amount.tokens <= 0) return;
  const int sign = direction(of, amount.tokens);
  if (sign == 0) return;
  Fit fit;
  fit.cause = sign > 0 ? added : left_out;
  fit.shown = shown_by(amount.tokens);
  fit.sentence =
      fmt::format("is off by exactly {} of the {} ({}), which {}", amount.words, of.parts,
                  number_words(amount.tokens),
                  sign > 0 ? "was added although it is counted already" : "was left out");
  fit.witnesses = witnesses_with(of, amount.shown_by);
  fits.push_back(std::move(fit));
}

void find_reasoning(const Case& of, std::vector<Fit>& fits) {
  if (!only_these_fail(of, {Counter::output, Counter::total})) return;
  const auto reasoning = of.sums[Counter::reasoning];
  if (!reasoning) return;
  find_added_or_left_out(of, {*reasoning, "the reasoning", Counter::reasoning}, "reasoning-added",
                         "reasoning-left-out", fits);
}

void find_cache(const Case& of, std::vector<Fit>& fits) {
  if (!only_these_fail(of, {Counter::input, Counter::total})) return;
  const Count read = of.sums[Counter::cache_read].value_or(0);
  const Count write = of.sums[Counter::cache_write].value_or(0);
  const std::size_t before = fits.size();
  const auto find = [&](const Surplus& amount) {
    if (fits.size() == before)
      find_added_or_left_out(of, amount, "cache-added", "cache-left-out", fits);
  };
  find({read, "what was read from the cache", Counter::cache_read});
  find({write, "what was written to the cache", Counter::cache_write});
  if (const auto both = (ExactSum(read) += write).count())
    find({*both, "what was read from and written to the cache", Counter::cache_read});
}

/// Parts whose total exceeds input + output: reasoning that a provider counts outside of output.
void find_inferred_reasoning(const Case& of, std::vector<Fit>& fits) {
  if (!only_these_fail(of, {Counter::output})) return;
  ExactSum beyond;
  std::vector<Witness> witnesses;
  for (const CasePart& item : of.items) {
    const auto input = item.given[Counter::input];
    const auto output = item.given[Counter::output];
    const auto total = item.given[Counter::total];
    if (!input || !output || !total || item.counts[Counter::output] != output) continue;
    ExactSum excess(*total);
    excess -= *input;
    excess -= *output;
    if (!(ExactSum() < excess)) continue;
    beyond += excess;
    witnesses.push_back(witness_of(item));
  }
  const auto amount = beyond.count();
  if (witnesses.empty() || !amount || direction(of, *amount) != 1) return;
  Fit fit;
  fit.cause = "inferred-reasoning";
  // A single part whose own numbers disagree may as well have a wrong output.
  fit.shown = witnesses.size() > 1 ? shown_by(*amount) : Shown::vague;
  fit.sentence = fmt::format(
      "equals what the totals of {} {}s hold beyond input + output ({}): the aggregate takes it "
      "for reasoning",
      number_words(static_cast<Count>(witnesses.size())), of.part, number_words(*amount));
  fit.witnesses = std::move(witnesses);
  fits.push_back(std::move(fit));
}

void find_total_recomputed(const Case& of, std::vector<Fit>& fits) {
  if (!only_these_fail(of, {Counter::total})) return;
  const CaseNumber* const total = of.number(Counter::total);
  const CaseNumber* const input = of.number(Counter::input);
  const CaseNumber* const output = of.number(Counter::output);
  if (input == nullptr || output == nullptr) return;
  // Where the totals of the parts are made so as well, one of them is wrong.
  const std::vector<TotalWay> ways = ways_of(of.items);
  if (!of.items.empty() && (ways.empty() || fits_a_way(of.sums, {TotalWay{}}) ||
                            std::any_of(ways.begin(), ways.end(), [](const TotalWay& way) {
                              return !way.reasoning && !way.cache_read && !way.cache_write;
                            }))) {
    return;
  }
  if (!((ExactSum(input->asserted) += output->asserted) == ExactSum(total->asserted))) return;
  Fit fit;
  fit.cause = "total-recomputed";
  const Count off = of.difference(Counter::total).value_or(0);
  fit.shown = shown_by(off < 0 ? -off : off);
  fit.sentence =
      fmt::format("is input + output ({} + {}), which is not what the totals of the {} add up to",
                  number_words(input->asserted), number_words(output->asserted), of.parts);
  fits.push_back(std::move(fit));
}

void find_completions_as_requests(const Case& of, std::vector<Fit>& fits) {
  if (!only_these_fail(of, {Counter::completions})) return;
  const CaseNumber* const completions = of.number(Counter::completions);
  const CaseNumber* const requests = of.number(Counter::requests);
  const Count number = requests != nullptr ? requests->asserted : of.members;
  if (completions->asserted != number || completions->calculated <= number) return;
  Fit fit;
  fit.cause = "completions-per-request";
  fit.shown = Shown::confirmed;
  fit.sentence =
      fmt::format("is the number of requests ({}), although some of them had several completions",
                  number_words(number));
  for (const CasePart& item : of.items) {
    if (item.counts[Counter::completions].value_or(0) > 1)
      fit.witnesses.push_back(witness_of(item));
  }
  fits.push_back(std::move(fit));
}

}  // namespace

void find_counts_mixed_up(const Case& of, std::vector<Fit>& fits) {
  find_reasoning(of, fits);
  find_cache(of, fits);
  find_inferred_reasoning(of, fits);
  find_total_recomputed(of, fits);
  find_completions_as_requests(of, fits);
}

}  // namespace usagectl
