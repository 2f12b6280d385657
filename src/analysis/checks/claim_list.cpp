#include "analysis/checks/claim_list.hpp"

#include <fmt/format.h>

#include <utility>

#include "ledger/series/snapshot_series.hpp"

namespace usagectl {
namespace {

bool is_number_of_things(Counter counter) {
  return counter == Counter::requests || counter == Counter::completions;
}

void add_word(std::string& words, bool holds, std::string_view word) {
  if (!holds) return;
  if (!words.empty()) words.push_back(' ');
  words += word;
}

class Lister {
 public:
  explicit Lister(const Books& books) : books_(books) {}

  std::vector<ListedClaim> list() {
    for (const Finding& finding : books_.findings) add(finding);
    for (const SumClaim& claim : books_.sum_claims) add(claim);
    for (const CountClaim& claim : books_.count_claims) add(claim);
    add_snapshots();
    return std::move(claims_);
  }

 private:
  void add(const SumClaim& claim) {
    for (const ClaimedNumber& number : claim.numbers) {
      ListedClaim& listed = claims_.emplace_back();
      listed.rule = is_number_of_things(number.counter) ? Rule::count : Rule::sum;
      listed.demand = number.relation == Relation::at_most ? Demand::at_most : Demand::equals;
      listed.group = claim.group;
      listed.place = claim.place;
      if (!number.key.empty()) listed.place.pointer += "/" + number.key;
      if (number.line != 0) listed.place.line = number.line;
      listed.counter = name_of(number.counter);
      listed.asserted = number.asserted;
      listed.solved = number.solved;
      listed.needs_parts = claim.only_with_parts;
      std::string& words = listed.conditions;
      add_word(words, claim.is_as_written, "as_written");
      add_word(words, number.is_derived, "derived");
      add_word(words, claim.missing_is_zero, "missing_is_zero");
      add_word(words, claim.none_is_zero, "none_is_zero");
      add_word(words, !claim.unprovable_because.empty(), "unprovable");
      listed.explanation =
          fmt::format("{}{} is not the sum of its {}", claim.is_inferred ? "inferred: " : "",
                      name_of(number.counter), claim.parts);
    }
  }

  void add(const CountClaim& claim) {
    ListedClaim& listed = claims_.emplace_back();
    listed.rule = Rule::count;
    listed.group = claim.group;
    listed.place = claim.place;
    listed.counter = std::string(claim.counter);
    listed.asserted = claim.asserted;
    add_word(listed.conditions, true, "members");
    add_word(listed.conditions, !claim.parts_are_optional && !claim.unprovable_when_empty,
             "none_is_zero");
    if (claim.soft_group != 0 &&
        static_cast<Count>(books_.groups[claim.soft_group].members) > claim.soft_above)
      add_word(listed.conditions, true, claim.soft_above < 0 ? "more_is_note" : "more_is_warning");
    listed.explanation = fmt::format("there is another number of {}", claim.parts);
  }

  /// What a reader compared itself and found not to hold: the two numbers.
  void add(const Finding& finding) {
    if (!finding.asserted || !finding.calculated) return;
    const Count asserted = *finding.asserted;
    const Count compared = *finding.calculated;
    ListedClaim& listed = claims_.emplace_back();
    listed.rule = finding.rule;
    listed.severity = finding.severity;
    listed.place = finding.place;
    listed.counter = std::string(finding.counter);
    listed.asserted = asserted;
    listed.compared = compared;
    listed.explanation = finding.explanation;
    if (asserted == compared)
      listed.demand = Demand::nothing;
    else if (finding.rule == Rule::part && asserted > compared)
      listed.demand = Demand::at_most;
    else if (finding.rule == Rule::continuity && asserted < compared)
      listed.demand = Demand::at_least;
  }

  /// A snapshot holds at least what the one before it holds.
  void add_snapshots() {
    for (const auto& snapshots : snapshot_series(books_)) {
      for (std::size_t i = 1; i < snapshots.size(); ++i) {
        const Tally before = usage_of(*snapshots[i - 1]);
        const Tally after = usage_of(*snapshots[i]);
        for (const Counter counter : kCounters) {
          const auto was = whole_sum(before, counter);
          const auto is = whole_sum(after, counter);
          if (!was || !is) continue;
          ListedClaim& listed = claims_.emplace_back();
          listed.rule = Rule::continuity;
          listed.demand = Demand::at_least;
          listed.place = snapshots[i]->place;
          listed.counter = name_of(counter);
          listed.asserted = *is;
          listed.compared = *was;
          listed.explanation = "a running total fell from one snapshot to the next";
        }
      }
    }
  }

  const Books& books_;
  std::vector<ListedClaim> claims_;
};

}  // namespace

std::string_view name_of(Demand demand) {
  constexpr std::string_view kNames[] = {"equals", "at_most", "at_least", "nothing"};
  return kNames[static_cast<std::size_t>(demand)];
}

std::vector<ListedClaim> list_claims(const Books& books) { return Lister(books).list(); }

}  // namespace usagectl
