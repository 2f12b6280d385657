// One number of one part is wrong: the part contradicts itself, where the others do not, and with
// that number mended both the part and the sum agree.
#include "analysis/causes/mended_part.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "analysis/causes/digits.hpp"
#include "analysis/causes/families.hpp"
#include "analysis/causes/total_ways.hpp"

namespace usagectl {
namespace {

constexpr std::array kMended = {Counter::total, Counter::input, Counter::output};

struct Mend {
  Counter counter = Counter::total;
  Count written = 0;
  Count right = 0;
  Count beyond = 0;  ///< what the total holds beside input and output, when it is right
};

/// The ways to make total = input + output + beyond hold by changing one of the three.
std::vector<Mend> mends_of(const Counts& given, Count beyond) {
  std::vector<Mend> mends;
  const auto input = given[Counter::input];
  const auto output = given[Counter::output];
  const auto total = given[Counter::total];
  if (!input || !output || !total) return mends;
  ExactSum more(*total);
  more -= *input;
  more -= *output;
  more -= beyond;
  if (more == ExactSum()) return mends;
  for (const Counter counter : kMended) {
    ExactSum right(*given[counter]);
    if (counter == Counter::total) {
      right -= more;
    } else {
      right += more;
    }
    const auto count = right.count();
    if (count && *count >= 0) mends.push_back({counter, *given[counter], *count, beyond});
  }
  return mends;
}

/// What a part's counts are when its written ones are mended. Where sums take what a total holds
/// beyond its parts for output, so does this.
Counts mended_counts(const CasePart& part, const Mend& mend, bool excess_is_output) {
  Counts given = part.given;
  given.set(mend.counter, mend.right);
  Counts counts = part.counts;
  for (const Counter counter : kMended) counts.set(counter, given[counter]);
  if (excess_is_output) {
    const Count beyond = *given[Counter::total] - *given[Counter::input];
    counts.set(Counter::output, std::max(*given[Counter::output], beyond));
  }
  return counts;
}

bool excess_is_output(const Case& of) {
  return std::any_of(of.items.begin(), of.items.end(), [](const CasePart& item) {
    const auto written = item.given[Counter::output];
    const auto counted = item.counts[Counter::output];
    return written && counted && *counted > *written;
  });
}

/// Whether all numbers of the case hold when one part has these counts instead.
bool holds_with(const Case& of, const Counts& before, const Counts& after) {
  return std::all_of(of.numbers.begin(), of.numbers.end(), [&](const CaseNumber& number) {
    ExactSum sum(number.calculated);
    sum -= before[number.counter].value_or(0);
    sum += after[number.counter].value_or(0);
    return sum == ExactSum(number.asserted) ||
           (number.may_be_less && ExactSum(number.asserted) < sum);
  });
}

/// What was done to a number of an object, by what it became.
std::vector<Fit> causes_of(const Mend& mend, const Counts& given, std::string_view who) {
  std::vector<Fit> fits;
  std::string name(name_of(mend.counter));
  const auto add = [&](std::string_view cause, Shown how, std::string sentence) {
    Counts mended = given;
    mended.set(mend.counter, mend.right);
    // A second contradiction that goes with the first shows which of the numbers it was.
    if (contradicts_itself(given) && !contradicts_itself(mended)) how = Shown::confirmed;
    fits.push_back({cause, how, std::move(sentence), {}, mended});
  };
  if (mend.counter == Counter::total) {
    const Count input = *given[Counter::input];
    const Count output = *given[Counter::output];
    const Count reasoning = given[Counter::reasoning].value_or(0);
    const Count read = given[Counter::cache_read].value_or(0);
    const Count write = given[Counter::cache_write].value_or(0);
    const Shown shown =
        shown_by(std::max(mend.right, mend.written) - std::min(mend.right, mend.written));
    ExactSum plain(input);
    plain += output;
    if (plain == ExactSum(mend.written)) {
      add("total-recomputed", shown,
          fmt::format(
              "the total{} is input + output ({} + {}), and no longer the one that was given", who,
              number_words(input), number_words(output)));
    }
    const ExactSum more = ExactSum(mend.written) -= mend.right;
    ExactSum less(mend.right);
    less -= mend.written;
    ExactSum both(read);
    both += write;
    const auto is = [&](const ExactSum& amount, Count count) {
      return count > 0 && amount == ExactSum(count);
    };
    const auto is_cache = [&](const ExactSum& amount) {
      return is(amount, read) || is(amount, write) || (read > 0 && write > 0 && amount == both);
    };
    if (is(more, reasoning))
      add("reasoning-added", shown,
          fmt::format("the total{} is too large by exactly the reasoning ({})", who,
                      number_words(reasoning)));
    if (is(less, reasoning))
      add("reasoning-left-out", shown,
          fmt::format("the total{} is too small by exactly the reasoning ({})", who,
                      number_words(reasoning)));
    if (is_cache(more))
      add("cache-added", shown,
          fmt::format("the total{} is too large by exactly what is in its cache ({})", who,
                      number_words(mend.written - mend.right)));
    if (is_cache(less))
      add("cache-left-out", shown,
          fmt::format("the total{} is too small by exactly what is in its cache ({})", who,
                      number_words(mend.right - mend.written)));
  }
  if (is_wrapped(mend.right, mend.written)) {
    add("number-wrapped", Shown::exact,
        fmt::format("the {}{} is what 32 bits hold of {}", name, who, number_words(mend.right)));
  } else if (is_beyond_double(std::max(mend.right, mend.written)) && is_double(mend.written) &&
             std::max(mend.right, mend.written) - std::min(mend.right, mend.written) <=
                 double_step(mend.right)) {
    add("number-rounded", Shown::exact,
        fmt::format("the {}{} is {} as a double stores it", name, who, number_words(mend.right)));
  } else if (const DigitsChange change = digits_change(mend.right, mend.written);
             change != DigitsChange::none) {
    add("digits-changed", Shown::digits,
        fmt::format("the {}{} is {} with {}", name, who, number_words(mend.right),
                    words_of(change)));
  }
  return fits;
}

}  // namespace

void find_mended_part(const Case& of, std::vector<Fit>& fits) {
  const std::vector<TotalWay> ways = ways_of(of.items);
  if (ways.empty()) return;
  const bool excess = excess_is_output(of);
  for (const CasePart& item : of.items) {
    if (fits_a_way(item.given, ways)) continue;
    for (const TotalWay& way : ways) {
      for (const Mend& mend : mends_of(item.given, way.beyond(item.given))) {
        if (!holds_with(of, item.counts, mended_counts(item, mend, excess))) continue;
        for (Fit& fit : causes_of(mend, item.given, fmt::format(" of {}", name_of(item, of)))) {
          // The part says so, and the sum does.
          fit.shown = Shown::confirmed;
          fit.witnesses.push_back(witness_of(item));
          fits.push_back(std::move(fit));
        }
      }
    }
  }
}

SummedUp::SummedUp(Case summed)
    : claim(std::move(summed)),
      ways(ways_of(claim.items)),
      excess_is_output(usagectl::excess_is_output(claim)) {}

Explanation explain_object(const CasePart& object, Count asserted, Count calculated,
                           const SummedUp* of) {
  std::vector<Fit> fits;
  const auto input = object.given[Counter::input];
  const auto output = object.given[Counter::output];
  if (!input || !output || object.given[Counter::total] != asserted) return {};
  std::vector<Count> beyond;
  if (of != nullptr) {
    for (const TotalWay& way : of->ways) beyond.push_back(way.beyond(object.given));
  }
  if (beyond.empty()) {
    ExactSum more(calculated);
    more -= *input;
    more -= *output;
    if (const auto count = more.count()) beyond.push_back(*count);
  }
  const bool excess = of != nullptr && of->excess_is_output;
  for (const Count more : beyond) {
    for (const Mend& mend : mends_of(object.given, more)) {
      if (of != nullptr &&
          !holds_with(of->claim, object.counts, mended_counts(object, mend, excess)))
        continue;
      for (Fit& fit : causes_of(mend, object.given, {})) fits.push_back(std::move(fit));
    }
  }
  return choose(std::move(fits));
}

}  // namespace usagectl
