// The aggregate leaves out, or adds, parts of a kind: failed calls, parts in an older format.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analysis/causes/families.hpp"
#include "analysis/causes/twins.hpp"

namespace usagectl {
namespace {

std::string count_of(std::size_t number, std::string_view one) {
  return number == 1 ? fmt::format("the one {}", one)
                     : fmt::format("the {} {}s", number_words(static_cast<Count>(number)), one);
}

/// Whether the case holds when this change is made to its requests, its tokens, or both: some
/// writers count a failed call and not its tokens.
bool is_difference_in_some(const Case& of, const Counts& change, int sign) {
  if (is_difference(of, change, sign)) return true;
  Counts tokens = change;
  tokens.forget(Counter::requests);
  tokens.forget(Counter::completions);
  if (is_difference(of, tokens, sign)) return true;
  Counts requests;
  requests.set(Counter::requests, change[Counter::requests]);
  return is_difference(of, requests, sign);
}

bool same_tokens(const CasePart& a, const CasePart& b) {
  Counts here = a.counts;
  Counts there = b.counts;
  for (Counts* counts : {&here, &there}) {
    counts->forget(Counter::requests);
    counts->forget(Counter::completions);
  }
  return here == there && !here.empty();
}

void find_failed_left_out(const Case& of, std::vector<Fit>& fits) {
  std::vector<const CasePart*> failed;
  bool repeat_the_one_before = true;
  PartsSum sum;
  for (std::size_t i = 0; i < of.items.size(); ++i) {
    const CasePart& item = of.items[i];
    if (!item.failed) continue;
    failed.push_back(&item);
    sum.add(item);
    // The same call, logged once more under its result, is not told here.
    repeat_the_one_before = repeat_the_one_before && i > 0 && same_tokens(of.items[i - 1], item) &&
                            are_twins(of.items[i - 1], item) != Twin::by_name;
  }
  if (failed.empty() || !is_difference_in_some(of, sum.counts(), -1)) return;
  Fit fit;
  fit.cause = repeat_the_one_before ? "usage-repeated-stale" : "failed-call-left-out";
  fit.shown = Shown::confirmed;
  fit.sentence = fmt::format(
      "equals {} among the {} ({}), {}", count_of(failed.size(), "failed call"), of.parts,
      words_of(sum.counts(), of),
      repeat_the_one_before ? "which repeats the usage of the call before and is not counted"
                            : "which the aggregate leaves out");
  for (const CasePart* part : failed) fit.witnesses.push_back(witness_of(*part));
  fits.push_back(std::move(fit));
}

void find_failed_counted(const Case& of, std::vector<Fit>& fits) {
  if (of.failed_elsewhere.empty()) return;
  PartsSum sum;
  for (const CasePart& part : of.failed_elsewhere) sum.add(part);
  if (!is_difference_in_some(of, sum.counts(), 1)) return;
  Fit fit;
  fit.cause = "failed-call-counted";
  fit.shown = Shown::confirmed;
  fit.sentence = fmt::format("equals {} beside the {} ({}), which the aggregate counts",
                             count_of(of.failed_elsewhere.size(), "failed call"), of.parts,
                             words_of(sum.counts(), of));
  for (const CasePart& part : of.failed_elsewhere) fit.witnesses.push_back(witness_of(part));
  fits.push_back(std::move(fit));
}

Fit old_format(const Case& of, const std::vector<const CasePart*>& odd, Shown shown,
               std::string_view why) {
  Fit fit;
  fit.cause = "old-format-part";
  fit.shown = shown;
  fit.sentence = fmt::format("{} {} in an older format{}", name_of(*odd.front(), of),
                             odd.size() == 1 ? "is" : "and others are", why);
  for (const CasePart* part : odd) fit.witnesses.push_back(witness_of(*part));
  return fit;
}

/// Parts in another vocabulary than the rest: what they call otherwise was not added.
void find_old_format(const Case& of, std::vector<Fit>& fits) {
  std::set<std::string_view> dialects;
  for (const CasePart& item : of.items) {
    if (!item.dialect.empty()) dialects.insert(item.dialect);
  }
  if (dialects.size() < 2) return;
  for (const std::string_view dialect : dialects) {
    std::vector<const CasePart*> odd;
    Counts told_by_others;
    for (const CasePart& item : of.items) {
      if (item.dialect == dialect) continue;
      for (const CaseNumber& number : of.numbers) {
        if (item.given.has(number.counter)) told_by_others.set(number.counter, 1);
      }
    }
    PartsSum whole;    // everything they hold
    PartsSum derived;  // what they hold under other names
    Counts lacks;      // counters that they do not hold at all, with 1
    for (const CasePart& item : of.items) {
      if (item.dialect != dialect) continue;
      odd.push_back(&item);
      whole.add(item);
      Counts other_names;
      for (const CaseNumber& number : of.numbers) {
        const bool is_known = item.counts.has(number.counter);
        if (is_known && !item.given.has(number.counter) && told_by_others.has(number.counter)) {
          other_names.set(number.counter, item.counts[number.counter]);
        }
        if (!is_known) lacks.set(number.counter, 1);
      }
      derived.add(other_names);
    }
    if (odd.size() * 2 > of.items.size()) continue;  // the rest would be the odd ones
    if (is_difference(of, derived.counts(), -1)) {
      fits.push_back(old_format(of, odd, Shown::confirmed,
                                ", and what it has under other names was not added"));
    } else if (is_difference(of, whole.counts(), -1)) {
      fits.push_back(old_format(of, odd, Shown::confirmed, ", and was not added at all"));
    } else {
      const auto failing = of.failing();
      const bool is_what_they_lack =
          std::all_of(failing.begin(), failing.end(), [&](const CaseNumber* number) {
            return lacks.has(number->counter) && number->asserted > number->calculated;
          });
      if (is_what_they_lack) {
        fits.push_back(old_format(of, odd, Shown::exact, ", which does not hold this counter"));
      }
    }
  }
}

}  // namespace

void find_parts_left_out(const Case& of, std::vector<Fit>& fits) {
  find_failed_left_out(of, fits);
  find_failed_counted(of, fits);
  find_old_format(of, fits);
}

}  // namespace usagectl
