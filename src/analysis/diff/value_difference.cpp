#include "analysis/diff/value_difference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

namespace usagectl {
namespace {

constexpr std::array kTotalled = {Counter::input,       Counter::cache_read, Counter::cache_write,
                                  Counter::tool_prompt, Counter::output,     Counter::reasoning,
                                  Counter::total,       Counter::unexplained};

/// In a group, also how many calls it has.
constexpr std::array kGrouped = {Counter::requests,   Counter::completions, Counter::input,
                                 Counter::cache_read, Counter::cache_write, Counter::tool_prompt,
                                 Counter::output,     Counter::reasoning,   Counter::total,
                                 Counter::unexplained};

class Comparison {
 public:
  Comparison(const Side& a, const Side& b, const Tolerances& tolerances)
      : one_is_empty_((a.records() == 0) != (b.records() == 0)), tolerances_(tolerances) {}

  ValueDifference compare(Counter counter, std::optional<Count> a, std::optional<Count> b) const {
    ValueDifference value;
    value.counter = counter;
    value.a = a;
    value.b = b;
    const Tolerance& tolerance = tolerances_[counter];
    // Unknown on one side is no other value, unless that side holds no usage at all.
    if (one_is_empty_ && (a || b)) {
      value.is_beyond = !tolerance.allows(a.value_or(0), b.value_or(0));
    } else {
      value.is_beyond = a && b && !tolerance.allows(*a, *b);
    }
    return value;
  }

 private:
  bool one_is_empty_;
  const Tolerances& tolerances_;
};

std::vector<ValueDifference> compare_groups(const Side& a, const Side& b,
                                            const Comparison& comparison) {
  std::vector<ValueDifference> groups;
  for (std::size_t key = 0; key < kBreakdownKeys.size(); ++key) {
    const TallyByName& of_a = a.sums.by[key];
    const TallyByName& of_b = b.sums.by[key];
    if (of_a.empty() || of_b.empty()) continue;
    // One of each: that is what the totals compare.
    if (of_a.size() == 1 && of_b.size() == 1) continue;
    std::set<std::string, NaturalTextOrder> names;
    for (const auto& [name, tally] : of_a) names.insert(name);
    for (const auto& [name, tally] : of_b) names.insert(name);
    for (const std::string& name : names) {
      const auto in_a = of_a.find(name);
      const auto in_b = of_b.find(name);
      for (const Counter counter : kGrouped) {
        // A group that a side does not have adds nothing there.
        const auto sum = [&](const TallyByName& sums, TallyByName::const_iterator found,
                             TallyByName::const_iterator other) -> std::optional<Count> {
          if (found != sums.end()) return found->second.sum_of(counter);
          return other->second.sum_of(counter) ? std::optional(Count(0)) : std::nullopt;
        };
        const auto value_a = sum(of_a, in_a, in_b);
        const auto value_b = sum(of_b, in_b, in_a);
        if (!value_a && !value_b) continue;
        ValueDifference value = comparison.compare(counter, value_a, value_b);
        value.key = kBreakdownKeys[key];
        value.name = name;
        groups.push_back(std::move(value));
      }
    }
  }
  return groups;
}

/// The numbers of paired calls that differ too much, by counter and then by call: of the counters
/// that are totalled.
std::vector<ValueDifference> compare_calls(const Side& a, const Side& b, const Pairs& pairs,
                                           const std::vector<ValueDifference>& totals,
                                           const Comparison& comparison) {
  std::vector<std::vector<ValueDifference>> by_counter(totals.size());
  for (const auto& pair : pairs.calls) {
    const Counts of_a = a.calls[pair.first].counts;
    const Counts of_b = b.calls[pair.second].counts;
    for (std::size_t i = 0; i < totals.size(); ++i) {
      const Counter counter = totals[i].counter;
      ValueDifference value = comparison.compare(counter, of_a[counter], of_b[counter]);
      if (!value.is_beyond) continue;
      value.calls = pair;
      by_counter[i].push_back(std::move(value));
    }
  }
  std::vector<ValueDifference> all;
  for (auto& values : by_counter) std::move(values.begin(), values.end(), std::back_inserter(all));
  return all;
}

PartVerdict verdict_of(const ValueDifferences& values) {
  std::vector<std::string> apart;
  bool any_is_shared = false;
  for (const ValueDifference& value : values.totals) {
    any_is_shared = any_is_shared || (value.a && value.b);
    if (value.is_beyond) apart.emplace_back(name_of(value.counter));
  }
  if (!apart.empty())
    return {Likeness::different, fmt::format("other totals of {}", fmt::join(apart, ", "))};
  if (values.beyond > 0)
    return {Likeness::different,
            fmt::format("the totals agree, {} {} below them", values.beyond,
                        values.beyond == 1 ? "number differs" : "numbers differ")};
  if (!any_is_shared) return {Likeness::undetermined, "no counter is known on both sides"};
  if (!values.unknown.empty()) {
    std::vector<std::string> names;
    for (const Counter counter : values.unknown) names.emplace_back(name_of(counter));
    return {Likeness::undetermined,
            fmt::format("not known on both sides: {}", fmt::join(names, ", "))};
  }
  return {Likeness::same, "all numbers agree"};
}

}  // namespace

std::optional<Count> ValueDifference::difference() const {
  if (!a || !b) return std::nullopt;
  ExactSum difference(*a);
  difference -= *b;
  return difference.count();
}

std::vector<const ValueDifference*> ValueDifferences::largest() const {
  std::vector<const ValueDifference*> all;
  for (const auto* const list : {&groups, &calls}) {
    for (const ValueDifference& value : *list) {
      if (value.is_beyond) all.push_back(&value);
    }
  }
  const auto size = [](const ValueDifference* value) {
    const Count difference = value->difference().value_or(0);
    return difference < 0 ? -difference : difference;
  };
  std::stable_sort(all.begin(), all.end(), [&](const ValueDifference* a, const ValueDifference* b) {
    return size(a) > size(b);
  });
  return all;
}

ValueDifferences compare_values(const Side& a, const Side& b, const Pairs& pairs,
                                const Tolerances& tolerances) {
  ValueDifferences values;
  const Comparison comparison(a, b, tolerances);
  for (const Counter counter : kTotalled) {
    ValueDifference value =
        comparison.compare(counter, a.sums.total.sum_of(counter), b.sums.total.sum_of(counter));
    const auto is_unknown = [&](const Tally& tally) {
      return tally.overflows(counter) || tally.open_of(counter) > 0;
    };
    // A number that is there and cannot be summed agrees with nothing.
    const bool is_open = is_unknown(a.sums.total) || is_unknown(b.sums.total);
    if (!value.a && !value.b && !is_open) continue;
    const bool is_one_sided =
        value.a.has_value() != value.b.has_value() && value.a.value_or(0) + value.b.value_or(0) > 0;
    if (is_open || is_one_sided) values.unknown.push_back(counter);
    values.totals.push_back(std::move(value));
  }
  values.calls = compare_calls(a, b, pairs, values.totals, comparison);
  values.groups = compare_groups(a, b, comparison);
  for (const auto* const list : {&values.totals, &values.groups, &values.calls}) {
    for (const ValueDifference& value : *list) values.beyond += value.is_beyond ? 1 : 0;
  }
  values.verdict = verdict_of(values);
  return values;
}

}  // namespace usagectl
