#include "analysis/diff/meaning_difference.hpp"

#include <fmt/format.h>

#include <algorithm>
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
/// side shows nothing there: then they are the same if the vocabularies say so, in the words of the
/// side that shows it.
Likeness compare_totals(const Answer& a, const Answer& b, const Answer& word_a,
                        const Answer& word_b) {
  const Likeness likeness = compare(a, b);
  if (likeness != Likeness::different || a.value == "mixed" || b.value == "mixed") return likeness;
  const auto apart = static_cast<AxisSet>(a.added ^ b.added);
  if ((apart & a.decided & b.decided) != 0) return Likeness::different;
  const bool is_word_of_both =
      word_a.value == word_b.value && (word_a.value == a.value || word_a.value == b.value);
  return is_word_of_both ? Likeness::same : Likeness::undetermined;
}

/// Whether one side has only the word of its vocabulary, and the numbers of the other side refute
/// the same word: then its writer may mean the other thing as well.
bool is_word_against_numbers(const Answer& word, const Answer& numbers, const Answer& word_there) {
  return word.by == Proof::dialect && numbers.by == Proof::arithmetic &&
         word.value != numbers.value && word_there.value == word.value;
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
                                             : compare_totals(difference.a, difference.b,
                                                              answer_at(catalogued_a_, axis),
                                                              answer_at(catalogued_b_, axis));
      if (is_word_against_numbers(difference.a, difference.b, answer_at(catalogued_b_, axis)) ||
          is_word_against_numbers(difference.b, difference.a, answer_at(catalogued_a_, axis)))
        difference.verdict = Likeness::undetermined;
      if (axis == kAxisCount && difference.verdict != Likeness::different &&
          difference.a.value != difference.b.value && difference.a.by == Proof::arithmetic &&
          difference.b.by == Proof::arithmetic)
        difference.evidence = "what one formula adds is 0 in every total of the other side";
      if (axis < kAxisCount) {
        use_pairs(difference, axis, evidence.axes[axis]);
      } else {
        use_totals(difference, evidence.total);
      }
      axes.push_back(std::move(difference));
    }
    distrust_totals(axes, evidence);
    return axes;
  }

 private:
  /// Of pairs by id. Where the two sides have ids of their own, calls whose numbers show that they
  /// are the same are pairs, too.
  TotalsOfPairs totals_of_pairs(const PairEvidence& evidence) const {
    if (pairs_.by == PairedBy::id) return evidence.totals;
    const bool have_other_ids =
        pairs_.by == PairedBy::nothing && a_.calls.all_have_ids() && b_.calls.all_have_ids();
    if (!have_other_ids) return {};
    return pair_evidence(a_, b_, pair_calls(a_, b_, true)).totals;
  }

  /// One call has one total. Where the two sides of most calls have others, and no part explains
  /// it, one side was recomputed, and nothing shows which: a total that agrees with input + output
  /// of its own side proves nothing then.
  void distrust_totals(std::vector<AxisDifference>& axes, const PairEvidence& evidence) const {
    const auto is_explained = [](const PairVotes& votes) {
      return votes.more_in_a + votes.more_in_b > 0;
    };
    const auto [known, apart] = totals_of_pairs(evidence);
    if (apart * 2 <= known || is_explained(evidence.total) ||
        std::any_of(evidence.axes.begin(), evidence.axes.end(), is_explained))
      return;
    for (std::size_t axis = 0; axis < axes.size(); ++axis) {
      AxisDifference& difference = axes[axis];
      const bool a_fell = distrust(difference.a, axis, answer_at(catalogued_a_, axis));
      const bool b_fell = distrust(difference.b, axis, answer_at(catalogued_b_, axis));
      if (!a_fell && !b_fell) continue;
      if (difference.verdict == Likeness::same)
        difference.verdict = compare(difference.a, difference.b);
      if (difference.evidence.empty())
        difference.evidence = fmt::format(
            "total differs in {} of {} pairs, so that one of the two was recomputed: that it "
            "agrees "
            "with its own side proves nothing",
            apart, known);
    }
  }

  /// Takes back what only a total that adds nothing to input + output shows.
  static bool distrust(Answer& answer, std::size_t axis, const Answer& known) {
    const bool rests_on_total =
        answer.by == Proof::arithmetic &&
        (axis < kAxisCount ? answer.value == "included" : answer.added == 0);
    if (!rests_on_total) return false;
    answer = known.value == answer.value ? known : Answer();
    return true;
  }

  /// A pair of reports of one call settles where a part stands on one side from where it stands on
  /// the other, and outranks what one side's own arithmetic seems to say: a recomputed total agrees
  /// with any output.
  void use_pairs(AxisDifference& difference, std::size_t axis, const PairVotes& votes) const {
    if (!votes.example) return;
    // What fits a few of many pairs is chance.
    if ((votes.alike + votes.more_in_a + votes.more_in_b) * 2 <= votes.informative) return;
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
      // The side that contradicts itself already, else the one with more in most pairs.
      const bool b_strayed =
          is_settled(a) == is_settled(b) ? votes.more_in_b >= votes.more_in_a : is_settled(a);
      settle(b_strayed ? b : a, "mixed", votes, votes.alike, b_strayed ? example_b : example_a);
      difference.verdict = Likeness::different;
      return;
    }
    if (votes.alike > 0) {
      difference.evidence = fmt::format("{} is the same in {} of {} pairs with {} above 0", whole,
                                        votes.alike, votes.informative, part);
      if ((a.value == "absent") != (b.value == "absent")) {
        // That the whole is the same says nothing of a part that one side does not have.
        difference.evidence +=
            fmt::format(", but {} has no {}", a.value == "absent" ? "A" : "B", part);
        difference.verdict = Likeness::undetermined;
      } else if (!is_settled(a) && !is_settled(b)) {
        difference.verdict = Likeness::same;
      } else if (!is_settled(a)) {
        settle(a, b.value, votes, votes.alike, example_a);
        difference.verdict = Likeness::same;
      } else if (!is_settled(b)) {
        settle(b, a.value, votes, votes.alike, example_b);
        difference.verdict = Likeness::same;
      } else if (a.value != b.value) {
        // The numbers are alike and only the totals differ: the vocabulary shows whose total is its
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

  /// Totals that are alike in some pairs say nothing of formulas that the numbers prove: the part
  /// that makes the difference may be 0 in those pairs.
  static bool are_proved_formulas(const AxisDifference& difference) {
    return difference.a.by == Proof::arithmetic && difference.b.by == Proof::arithmetic;
  }

  void use_totals(AxisDifference& difference, const PairVotes& votes) const {
    if (!votes.example) return;
    const std::uint64_t apart = votes.more_in_a + votes.more_in_b;
    if (apart > 0 && votes.alike == 0) {
      difference.verdict = Likeness::different;
      difference.evidence =
          fmt::format("total differs by exactly a part in {} of {} pairs, all else being equal",
                      apart, votes.informative);
    } else if (apart == 0 && difference.verdict != Likeness::same &&
               !are_proved_formulas(difference)) {
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

bool is_unknown(const Answer& answer) { return answer.value == "undetermined"; }

/// Two groups of calls, or two calls, that hold the same requests: whether completions are counted
/// alike.
struct CompletionsVotes {
  std::uint64_t alike = 0;
  std::uint64_t only_in_a = 0;  ///< A has more completions than requests, B as many
  std::uint64_t only_in_b = 0;
};

void vote_on_completions(CompletionsVotes& votes, std::optional<Count> a, std::optional<Count> b,
                         Count requests) {
  if (!a || !b || std::max(*a, *b) <= requests) return;
  if (*a == *b) ++votes.alike;
  if (*a > requests && *b == requests) ++votes.only_in_a;
  if (*b > requests && *a == requests) ++votes.only_in_b;
}

CompletionsVotes completions_votes(const Side& a, const Side& b, const Pairs& pairs) {
  CompletionsVotes votes;
  if (!pairs.calls.empty()) {
    if (a.completions.known == 0 || b.completions.known == 0) return votes;
    for (const auto& [first, second] : pairs.calls) {
      vote_on_completions(votes, a.calls[first].counts[Counter::completions],
                          b.calls[second].counts[Counter::completions], 1);
    }
    return votes;
  }
  // The same requests with the same input, summed up by model.
  for (const auto& [name, tally] : a.sums.by[0]) {
    const auto other = b.sums.by[0].find(name);
    if (other == b.sums.by[0].end()) continue;
    const auto requests = tally.sum_of(Counter::requests);
    const auto input = tally.sum_of(Counter::input);
    if (!requests || !input || requests != other->second.sum_of(Counter::requests) ||
        input != other->second.sum_of(Counter::input))
      continue;
    vote_on_completions(votes, tally.sum_of(Counter::completions),
                        other->second.sum_of(Counter::completions), *requests);
  }
  return votes;
}

/// Whether `completions` counts the answers of a request, or each request once.
AxisDifference compare_completions(const Side& a, const Side& b, const Pairs& pairs) {
  AxisDifference axis;
  axis.axis = kCompletionsAxis;
  const auto answer_of = [](const NumberUse& use) {
    Answer answer;
    if (use.known == 0) answer.value = "absent";
    if (use.telling == 0) return answer;
    answer.value = "per completion";
    answer.by = Proof::arithmetic;
    answer.supporting = use.telling;
    answer.example = use.example;
    return answer;
  };
  axis.a = answer_of(a.completions);
  axis.b = answer_of(b.completions);
  axis.matters = a.completions.telling + b.completions.telling > 0;
  const CompletionsVotes votes = completions_votes(a, b, pairs);
  const auto settle_other = [](Answer& answer, std::uint64_t number) {
    answer.value = "per request";
    answer.by = Proof::pairing;
    answer.supporting = number;
  };
  if (votes.only_in_a > 0 && votes.only_in_b + votes.alike == 0) {
    if (is_unknown(axis.b)) settle_other(axis.b, votes.only_in_a);
  } else if (votes.only_in_b > 0 && votes.only_in_a + votes.alike == 0) {
    if (is_unknown(axis.a)) settle_other(axis.a, votes.only_in_b);
  }
  axis.verdict = compare(axis.a, axis.b);
  if (axis.verdict == Likeness::different)
    axis.evidence = "the same requests have more completions than requests on one side only";
  return axis;
}

/// Whether usage objects say what a call cost.
AxisDifference compare_cost(const Side& a, const Side& b, const Pairs& pairs) {
  AxisDifference axis;
  axis.axis = kCostAxis;
  const auto answer_of = [](const NumberUse& use) {
    Answer answer;
    answer.value = use.known == 0 ? "absent" : use.telling == 0 ? "zero" : "given";
    if (use.telling == 0) return answer;
    answer.by = Proof::arithmetic;
    answer.supporting = use.telling;
    answer.example = use.example;
    return answer;
  };
  axis.a = answer_of(a.cost);
  axis.b = answer_of(b.cost);
  axis.matters = a.cost.telling + b.cost.telling > 0;
  if (axis.a.value == axis.b.value) {
    axis.verdict = Likeness::same;
  }
  std::uint64_t apart = 0;
  std::uint64_t missing_in_a = 0;
  std::uint64_t missing_in_b = 0;
  if (a.cost.known == 0 || b.cost.known == 0) return axis;
  for (const auto& [first, second] : pairs.calls) {
    const auto of_a = a.calls[first].cost;
    const auto of_b = b.calls[second].cost;
    if (!of_a || !of_b) continue;
    const Money cost_a = of_a->amount.money;
    const Money cost_b = of_b->amount.money;
    missing_in_a += cost_a.is_zero() && cost_b > Money() ? 1 : 0;
    missing_in_b += cost_b.is_zero() && cost_a > Money() ? 1 : 0;
    apart += are_same(*of_a, *of_b) ? 0 : 1;
  }
  if (missing_in_a + missing_in_b > 0) {
    axis.verdict = Likeness::different;
    axis.evidence =
        fmt::format("cost is 0 in {} in {} of {} pairs, and above 0 on the other side",
                    missing_in_a > 0 ? "A" : "B", missing_in_a + missing_in_b, pairs.calls.size());
  } else if (apart > 0) {
    axis.evidence = fmt::format("the cost of {} of {} pairs differs", apart, pairs.calls.size());
  }
  return axis;
}

}  // namespace

std::vector<AxisDifference> compare_meaning(const Side& a, const Side& b, const Pairs& pairs) {
  std::vector<AxisDifference> meaning = Comparison(a, b, pairs).meaning();
  constexpr Counter kPartOfAxis[] = {Counter::cache_read, Counter::cache_write,
                                     Counter::tool_prompt, Counter::reasoning};
  bool any_matters = false;
  for (std::size_t axis = 0; axis < kAxisCount; ++axis) {
    const auto counter = static_cast<std::size_t>(kPartOfAxis[axis]);
    meaning[axis].matters = a.above_zero[counter] + b.above_zero[counter] > 0;
    any_matters = any_matters || meaning[axis].matters;
  }
  const auto total = static_cast<std::size_t>(Counter::total);
  meaning[kAxisCount].matters = any_matters && a.above_zero[total] + b.above_zero[total] > 0;
  // The same usage objects mean the same, whatever that is.
  if (a.records() > 0 && a.holds_the_same_as(b)) {
    for (AxisDifference& axis : meaning) {
      if (axis.verdict == Likeness::same) continue;
      axis.verdict = Likeness::same;
      axis.evidence = "both sides hold the same numbers";
    }
  }
  meaning.push_back(compare_completions(a, b, pairs));
  meaning.push_back(compare_cost(a, b, pairs));
  return meaning;
}

}  // namespace usagectl
