#include "analysis/meaning/diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace usagectl {
namespace {

constexpr std::array<std::string_view, kAxisCount> kWholes = {"input", "input", "input", "output"};
constexpr std::array<std::string_view, kAxisCount> kParts = {"cache_read", "cache_write",
                                                             "tool_prompt", "reasoning"};

bool is_settled(const Answer& answer) {
  return answer.value == "included" || answer.value == "excluded" || answer.value == "twice";
}

void settle(Answer& answer, std::string value, const PairVotes& votes, std::uint64_t supporting,
            const Place& example) {
  answer.value = std::move(value);
  answer.by = Proof::pairing;
  answer.supporting = supporting;
  answer.opposing = votes.informative - supporting;
  answer.example = example;
}

Likeness compare(const Answer& a, const Answer& b) {
  if (a.value == "undetermined" || b.value == "undetermined") return Likeness::undetermined;
  if (a.value == b.value) return a.value == "mixed" ? Likeness::undetermined : Likeness::same;
  if (a.value == "absent" || b.value == "absent") return Likeness::undetermined;
  return Likeness::different;
}

/// Two totals differ where one adds a part that the other leaves out. A part that stays 0 on one
/// side tells nothing there.
Likeness compare_totals(const Answer& a, const Answer& b) {
  const Likeness likeness = compare(a, b);
  if (likeness != Likeness::different || a.value == "mixed" || b.value == "mixed") return likeness;
  const auto apart = static_cast<AxisSet>(a.added ^ b.added);
  return (apart & a.decided & b.decided) != 0 ? Likeness::different : Likeness::same;
}

class Comparison {
 public:
  Comparison(const Side& a, const Side& b, const Pairs& pairs)
      : a_(a), b_(b), pairs_(pairs), catalogued_a_(a.catalogued()), catalogued_b_(b.catalogued()) {}

  std::vector<AxisDifference> meaning() {
    const PairEvidence evidence = pair_evidence(a_, b_, pairs_);
    const Answers answers_a = a_.answers();
    const Answers answers_b = b_.answers();
    std::vector<AxisDifference> axes;
    for (std::size_t axis = 0; axis < kAnswerNames.size(); ++axis) {
      AxisDifference difference;
      difference.axis = kAnswerNames[axis];
      difference.a = answer_at(answers_a, axis);
      difference.b = answer_at(answers_b, axis);
      difference.verdict = axis < kAxisCount ? compare(difference.a, difference.b)
                                             : compare_totals(difference.a, difference.b);
      if (axis == kAxisCount && difference.verdict == Likeness::same &&
          difference.a.value != difference.b.value)
        difference.evidence = "what one formula adds is 0 in every total of the other side";
      if (axis < kAxisCount) {
        use_pairs(difference, axis, evidence.axes[axis]);
      } else {
        use_totals(difference, evidence.total);
      }
      axes.push_back(std::move(difference));
    }
    return axes;
  }

 private:
  /// A pair of reports of one call settles where a part stands on one side from where it stands on
  /// the other, and outranks what one side's own arithmetic seems to say: a recomputed total agrees
  /// with any output.
  void use_pairs(AxisDifference& difference, std::size_t axis, const PairVotes& votes) const {
    if (!votes.example) return;
    const std::string_view whole = kWholes[axis];
    const std::string_view part = kParts[axis];
    const Place& example_a = a_.calls[votes.example->first].place;
    const Place& example_b = b_.calls[votes.example->second].place;
    Answer& a = difference.a;
    Answer& b = difference.b;
    const bool one_way = (votes.alike > 0) + (votes.more_in_a > 0) + (votes.more_in_b > 0) == 1;
    if (!one_way) {
      difference.evidence = fmt::format(
          "{} is the same in {} of {} pairs, larger by exactly {} in B in {} and in A in {}: the "
          "pairs contradict each other",
          whole, votes.alike, votes.informative, part, votes.more_in_b, votes.more_in_a);
      Answer& strayed = votes.more_in_b >= votes.more_in_a ? b : a;
      settle(strayed, "mixed", votes, votes.alike,
             votes.more_in_b >= votes.more_in_a ? example_b : example_a);
      difference.verdict = Likeness::different;
      return;
    }
    if (votes.alike > 0) {
      difference.evidence = fmt::format("{} is the same in {} of {} pairs with {} above 0", whole,
                                        votes.alike, votes.informative, part);
      if (!is_settled(a) && !is_settled(b)) {
        difference.verdict = Likeness::same;
      } else if (!is_settled(a)) {
        settle(a, b.value, votes, votes.alike, example_a);
        difference.verdict = Likeness::same;
      } else if (!is_settled(b)) {
        settle(b, a.value, votes, votes.alike, example_b);
        difference.verdict = Likeness::same;
      } else if (a.value != b.value) {
        // The numbers are alike and only the totals differ: the vocabulary tells whose total is its
        // own.
        const std::string& known_a = answer_at(catalogued_a_, axis).value;
        const std::string& known_b = answer_at(catalogued_b_, axis).value;
        const std::string known = known_a == known_b ? known_a : std::string();
        if (known == a.value) {
          settle(b, a.value, votes, votes.alike, example_b);
        } else if (known == b.value) {
          settle(a, b.value, votes, votes.alike, example_a);
        }
        difference.verdict = a.value == b.value ? Likeness::same : Likeness::undetermined;
      }
      return;
    }
    const bool in_b = votes.more_in_b > 0;
    const std::uint64_t number = in_b ? votes.more_in_b : votes.more_in_a;
    Answer& fuller = in_b ? b : a;
    Answer& barer = in_b ? a : b;
    const Place& example_fuller = in_b ? example_b : example_a;
    const Place& example_barer = in_b ? example_a : example_b;
    difference.evidence =
        fmt::format("{} of {} exceeds that of {} by exactly {} in {} of {} pairs", whole,
                    in_b ? "B" : "A", in_b ? "A" : "B", part, number, votes.informative);
    difference.verdict = Likeness::different;
    if (barer.value == "included") {
      settle(fuller, "twice", votes, number, example_fuller);
    } else if (barer.value == "excluded") {
      if (fuller.value != "included") settle(fuller, "included", votes, number, example_fuller);
    } else if (fuller.value == "included") {
      settle(barer, "excluded", votes, number, example_barer);
    } else if (fuller.value == "twice") {
      settle(barer, "included", votes, number, example_barer);
    }
  }

  void use_totals(AxisDifference& difference, const PairVotes& votes) const {
    if (!votes.example) return;
    const std::uint64_t apart = votes.more_in_a + votes.more_in_b;
    if (apart > 0 && votes.alike == 0) {
      difference.verdict = Likeness::different;
      difference.evidence =
          fmt::format("total differs by exactly a part in {} of {} pairs, all else being equal",
                      apart, votes.informative);
    } else if (apart == 0 && difference.verdict != Likeness::same) {
      difference.verdict = Likeness::same;
      difference.evidence = fmt::format("total is the same in {} of {} pairs, all else being equal",
                                        votes.alike, votes.informative);
    }
  }

  const Side& a_;
  const Side& b_;
  const Pairs& pairs_;
  Answers catalogued_a_;
  Answers catalogued_b_;
};

std::vector<KeyDifference> compare_keys(const Side& a, const Side& b) {
  std::set<std::string> paths;
  for (const auto& [path, use] : a.keys) paths.insert(path);
  for (const auto& [path, use] : b.keys) paths.insert(path);
  std::vector<KeyDifference> keys;
  for (const auto& path : paths) {
    const auto use = [&](const Side& side) {
      const auto found = side.keys.find(path);
      return found == side.keys.end() ? KeyUse() : found->second;
    };
    keys.push_back({path, use(a), use(b)});
  }
  return keys;
}

/// A sum that does not fit is not known, which is said.
bool say_overflow(Side& side, Counter counter) {
  if (!side.total.overflows(counter)) return false;
  Problem problem;
  problem.file = side.files.size() == 1 ? side.files.front() : std::string();
  problem.problem = fmt::format("the sum of {} does not fit in 64 bits", name_of(counter));
  side.intake.problems.push_back(std::move(problem));
  return true;
}

void compare_values(DiffReport& report, const Tolerance& tolerance) {
  report.values_were_compared = true;
  const bool one_is_empty = (report.a.records() == 0) != (report.b.records() == 0);
  const auto is_beyond = [&](const ValueDifference& value) {
    // Unknown on one side is no other value, unless that side holds no usage at all.
    if (one_is_empty && (value.a || value.b))
      return !tolerance.allows(value.a.value_or(0), value.b.value_or(0));
    return value.a && value.b && !tolerance.allows(*value.a, *value.b);
  };
  for (std::size_t i = 0; i < kTokenCounterCount; ++i) {
    const Counter counter = kCounters[i];
    const ValueDifference value{std::nullopt, counter, report.a.total.sum_of(counter),
                                report.b.total.sum_of(counter)};
    const bool a_overflows = say_overflow(report.a, counter);
    const bool b_overflows = say_overflow(report.b, counter);
    if (!value.a && !value.b && !a_overflows && !b_overflows) continue;
    if (is_beyond(value)) ++report.values_beyond;
    report.totals.push_back(value);
    for (const auto& pair : report.pairs.calls) {
      const ValueDifference of_call{pair, counter, report.a.calls[pair.first].counts[counter],
                                    report.b.calls[pair.second].counts[counter]};
      if (!is_beyond(of_call)) continue;
      ++report.values_beyond;
      report.values.push_back(of_call);
    }
  }
}

Likeness overall(const std::vector<AxisDifference>& meaning) {
  const auto any = [&](Likeness likeness) {
    return std::any_of(meaning.begin(), meaning.end(),
                       [&](const AxisDifference& axis) { return axis.verdict == likeness; });
  };
  if (any(Likeness::different)) return Likeness::different;
  // Two captures that report nothing to compare are alike only in that.
  const bool anything_is_known =
      std::any_of(meaning.begin(), meaning.end(),
                  [](const AxisDifference& axis) { return axis.a.value != "absent"; });
  return any(Likeness::undetermined) || !anything_is_known ? Likeness::undetermined
                                                           : Likeness::same;
}

}  // namespace

std::string_view name_of(Likeness likeness) {
  switch (likeness) {
    case Likeness::same: return "same";
    case Likeness::different: return "different";
    case Likeness::undetermined: return "undetermined";
  }
  return "undetermined";
}

bool Tolerance::allows(Count a, Count b) const {
  const Count larger = std::max(a, b);
  const Count apart = larger - std::min(a, b);
  const auto share = static_cast<long double>(larger) * static_cast<long double>(percent) / 100.0L;
  return apart <= tokens || static_cast<long double>(apart) <= share;
}

DiffReport diff(Side a, Side b, const std::optional<Tolerance>& values) {
  DiffReport report{.a = std::move(a), .b = std::move(b)};
  report.keys = compare_keys(report.a, report.b);
  report.pairs = pair_calls(report.a, report.b);
  report.meaning = Comparison(report.a, report.b, report.pairs).meaning();
  // The same usage objects mean the same, whatever that is.
  const bool is_same = report.a.records() > 0 && report.a.holds_the_same_as(report.b);
  for (AxisDifference& axis : report.meaning) {
    if (!is_same || axis.verdict == Likeness::same) continue;
    axis.verdict = Likeness::same;
    axis.evidence = "both sides hold the same numbers";
  }
  report.verdict = is_same ? Likeness::same : overall(report.meaning);
  if (values) compare_values(report, *values);
  return report;
}

}  // namespace usagectl
