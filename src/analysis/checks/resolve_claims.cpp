#include "analysis/checks/resolve_claims.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "analysis/checks/check_number.hpp"
#include "ledger/series/snapshot_series.hpp"

namespace usagectl {
namespace {

bool is_number_of_things(Counter counter) {
  return counter == Counter::requests || counter == Counter::completions;
}

/// "tick logs" -> "tick log", "messages of the session" -> "message of the session"; a key stays as
/// it is written: "entry of per_request_details".
std::string one_of(std::string_view parts) {
  std::size_t end = parts.size();
  for (const std::string_view word : {" of ", " in ", " since "})
    end = std::min(end, parts.find(word));
  const std::string_view things = parts.substr(0, end);
  const std::string_view rest = parts.substr(end);
  const bool is_key = things.find_first_of("_/\"") != std::string_view::npos;
  if (is_key || !things.ends_with('s')) return fmt::format("entry of {}", parts);
  if (things.ends_with("ies"))
    return fmt::format("{}y{}", things.substr(0, things.size() - 3), rest);
  return fmt::format("{}{}", things.substr(0, things.size() - 1), rest);
}

class Resolver {
 public:
  explicit Resolver(Books& books) : books_(books) {}

  Resolution resolve() {
    for (std::size_t i = 0; i < books_.sum_claims.size(); ++i) {
      note_failure(i, resolution_.failed_sums, [&] { check(books_.sum_claims[i]); });
    }
    for (std::size_t i = 0; i < books_.count_claims.size(); ++i) {
      note_failure(i, resolution_.failed_counts, [&] { check(books_.count_claims[i]); });
    }
    for (const SequenceClaim& claim : books_.sequence_claims) check(claim);
    check_unique_names();
    check_shared_marks();
    check_snapshots();
    return resolution_;
  }

 private:
  template <typename Check>
  void note_failure(std::size_t claim, std::vector<FailedClaim>& failed, Check check_it) {
    const std::size_t before = books_.findings.size();
    check_it();
    FailedClaim failure{claim, {}};
    for (std::size_t i = before; i < books_.findings.size(); ++i) {
      if (books_.findings[i].severity == Severity::error) failure.findings.push_back(i);
    }
    if (!failure.findings.empty()) failed.push_back(std::move(failure));
  }

  void add(Finding finding) { books_.findings.push_back(std::move(finding)); }

  void check(const SumClaim& claim) {
    const Group& group = books_.groups[claim.group];
    const auto parts = group.tally.records;
    if (claim.numbers.empty() && !claim.cost) return;
    if (!claim.unprovable_because.empty()) {
      resolution_.unprovable += claim.numbers.size();
      add({.rule = Rule::sum,
           .severity = Severity::warning,
           .place = claim.place,
           .explanation = explained(claim, "cannot be proved: " + claim.unprovable_because)});
      return;
    }
    if (parts == 0 && !group.misses_parts && !claim.none_is_zero) {
      if (!claim.parts_are_optional) say_unprovable(claim);
      return;
    }
    if (claim.only_with_parts && static_cast<Count>(parts) != *claim.only_with_parts) {
      resolution_.unprovable += claim.numbers.size();
      return;
    }
    std::uint64_t incomplete = 0;
    std::vector<std::string_view> unlisted;
    for (const ClaimedNumber& number : claim.numbers) {
      if (group.misses_parts) {
        ++incomplete;
        continue;
      }
      const CheckedNumber checked = check_number(claim, number, group);
      switch (checked.check) {
        case NumberCheck::follows: break;
        case NumberCheck::holds: ++resolution_.passed; break;
        case NumberCheck::fails: refute(claim, number, checked); break;
        case NumberCheck::incomplete:
          // Not every call says that it is one.
          if (!claim.is_as_written || number.counter != Counter::requests) ++incomplete;
          break;
        case NumberCheck::unlisted:
          if (number.asserted > 0 && number.counter != Counter::requests)
            unlisted.push_back(name_of(number.counter));
          break;
      }
    }
    if (incomplete > 0) {
      if (!claim.is_as_written) resolution_.unprovable += incomplete;
      report_incomplete(claim, group, incomplete);
    }
    if (!unlisted.empty()) report_unlisted(claim, unlisted);
    if (claim.cost && !group.misses_parts) check_cost(claim, *claim.cost, group);
  }

  /// What the parts cost, where each of them says it.
  void check_cost(const SumClaim& claim, const Cost& cost, const Group& group) {
    const bool is_as_written = claim.is_as_written && group.as_written != nullptr;
    const Tally& parts = is_as_written ? group.as_written->given : group.tally;
    const auto note = [&](std::string why) {
      add({.rule = Rule::cost,
           .severity = Severity::note,
           .place = claim.place,
           .counter = "cost",
           .explanation = explained(claim, "cost not checked: " + why)});
    };
    const auto sum = parts.costs.whole(parts.records);
    if (!sum || !are_comparable(sum->currency, cost.currency)) {
      if (cost.amount.money.is_zero()) return;
      const auto known = parts.costs.records();
      return note(known == 0 ? fmt::format("none of the {} has it", claim.parts)
                  : known < parts.records
                      ? fmt::format("{} of {} {} have it", known, parts.records, claim.parts)
                      : fmt::format("the {} are in several currencies", claim.parts));
    }
    if (usagectl::compare(cost.amount, *sum) != CostMatch::differs) {
      ++resolution_.passed;
      return;
    }
    Finding finding;
    finding.rule = Rule::cost;
    finding.place = claim.place;
    if (!cost.key.empty()) finding.place.pointer += "/" + cost.key;
    finding.counter = "cost";
    finding.cost =
        ComparedCost{cost.amount.money, sum->sum, either_known(cost.currency, sum->currency)};
    finding.basis = sum->records == 1 ? fmt::format("from 1 {}", one_of(claim.parts))
                                      : fmt::format("sum of {} {}", sum->records, claim.parts);
    finding.explanation =
        explained(claim, fmt::format("the cost is not the sum of its {}", claim.parts));
    add(std::move(finding));
  }

  void report_incomplete(const SumClaim& claim, const Group& group, std::uint64_t numbers) {
    add({.rule = Rule::sum,
         .severity = Severity::warning,
         .place = claim.place,
         .explanation = explained(
             claim,
             fmt::format("{} of its numbers cannot be proved: some of the {} {}", numbers,
                         claim.parts, group.misses_parts ? "were rejected" : "do not have them"))});
  }

  void report_unlisted(const SumClaim& claim, const std::vector<std::string_view>& counters) {
    add({.rule = Rule::sum,
         .severity = Severity::note,
         .place = claim.place,
         .explanation = explained(
             claim, fmt::format("{} not checked: none of the {} has {}", fmt::join(counters, ", "),
                                claim.parts, counters.size() == 1 ? "it" : "them"))});
  }

  static std::string explained(const SumClaim& claim, std::string explanation) {
    return claim.is_inferred ? "inferred: " + explanation : explanation;
  }

  void refute(const SumClaim& claim, const ClaimedNumber& number, const CheckedNumber& checked) {
    Finding finding;
    finding.rule = is_number_of_things(number.counter) ? Rule::count : Rule::sum;
    finding.place = claim.place;
    if (!number.key.empty()) finding.place.pointer += "/" + number.key;
    if (number.line != 0) finding.place.line = number.line;
    finding.counter = name_of(number.counter);
    finding.asserted = number.asserted;
    finding.calculated = checked.calculated.count();
    finding.basis = checked.parts == 1 ? fmt::format("from 1 {}", one_of(claim.parts))
                                       : fmt::format("sum of {} {}", checked.parts, claim.parts);
    if (checked.known < checked.parts)
      finding.basis += fmt::format(", {} of which do not have it", checked.parts - checked.known);
    if (!finding.calculated) finding.basis += ", which does not fit in 64 bits";
    if (number.relation == Relation::at_most && ExactSum(number.asserted) < checked.calculated) {
      ++resolution_.passed;
      finding.severity = Severity::note;
      ExactSum excess = checked.calculated;
      excess -= number.asserted;
      finding.explanation =
          fmt::format("{} {}", excess.count().value_or(kLargestCount), number.excess);
      finding.cause = "failed-call-left-out";
    } else {
      finding.explanation = explained(
          claim, fmt::format("{} is not the sum of its {}", name_of(number.counter), claim.parts));
    }
    add(std::move(finding));
  }

  void say_unprovable(const SumClaim& claim) {
    resolution_.unprovable += claim.numbers.size();
    say_unprovable(claim.place, claim.parts, Rule::sum);
  }

  void say_unprovable(const Place& place, std::string_view parts, Rule rule) {
    add({.rule = rule,
         .severity = Severity::warning,
         .place = place,
         .explanation =
             fmt::format("cannot be proved: there are no {} to check it against", parts)});
  }

  void check(const CountClaim& claim) {
    const Group& group = books_.groups[claim.group];
    if (group.members == 0 && claim.parts_are_optional) return;
    if (group.members == 0 && claim.unprovable_when_empty) {
      ++resolution_.unprovable;
      say_unprovable(claim.place, claim.parts, Rule::count);
      return;
    }
    if (group.misses_parts) {
      ++resolution_.unprovable;
      return;
    }
    const auto calculated = static_cast<Count>(group.members);
    if (calculated == claim.asserted) {
      ++resolution_.passed;
      return;
    }
    Finding finding;
    finding.rule = Rule::count;
    finding.place = claim.place;
    finding.counter = claim.counter;
    finding.asserted = claim.asserted;
    finding.calculated = calculated;
    finding.basis = claim.parts;
    if (are_the_last(group.numbers, claim.asserted)) {
      finding.severity = Severity::note;
      finding.explanation =
          fmt::format("the {} begin with number {}", claim.parts, claim.asserted - calculated + 1);
      return add(std::move(finding));
    }
    const Group& soft = books_.groups[claim.soft_group];
    if (claim.soft_group != 0 &&
        claim.asserted<calculated&& static_cast<Count>(soft.members)> claim.soft_above) {
      // A group that has always more proves that nothing is wrong.
      finding.severity = claim.soft_above < 0 ? Severity::note : Severity::warning;
      finding.explanation = claim.soft_explanation;
    } else {
      finding.explanation =
          calculated == 1
              ? fmt::format("there is 1 {}, not {}", one_of(claim.parts), claim.asserted)
              : fmt::format("there are {} {}, not {}", calculated, claim.parts, claim.asserted);
      if (claim.asserted > 0 && calculated % claim.asserted == 0)
        finding.cause = claim.cause_of_multiple;
    }
    add(std::move(finding));
  }

  /// Every number from some k up to the last one: whoever turns the logs on later has none of those
  /// before.
  static bool are_the_last(std::vector<Count> numbers, Count last) {
    if (numbers.empty()) return false;
    std::sort(numbers.begin(), numbers.end());
    const auto begin = last - static_cast<Count>(numbers.size()) + 1;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (numbers[i] != begin + static_cast<Count>(i)) return false;
    }
    return begin >= 1;
  }

  void check(const SequenceClaim& claim) {
    const Group& group = books_.groups[claim.group];
    if (group.numbers.empty() || group.misses_parts) return;
    std::vector<Count> numbers = group.numbers;
    std::sort(numbers.begin(), numbers.end());
    const auto report = [&](std::string explanation) {
      add({.rule = Rule::sequence, .place = claim.place, .explanation = std::move(explanation)});
    };
    if (are_the_last(numbers, claim.last)) {
      ++resolution_.passed;
      return;
    }
    bool sound = true;
    Count expected = 1;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (i > 0 && numbers[i] == numbers[i - 1]) {
        report(fmt::format("number {} appears twice among the {}", numbers[i], claim.parts));
        sound = false;
        continue;
      }
      sound = sound && numbers[i] == expected;
      if (numbers[i] > expected) report(missing(expected, numbers[i] - 1, claim.parts));
      expected = numbers[i] + 1;
    }
    if (expected <= claim.last) {
      report(missing(expected, claim.last, claim.parts));
      sound = false;
    }
    if (sound) ++resolution_.passed;
  }

  static std::string missing(Count first, Count last, std::string_view parts) {
    if (first == last) return fmt::format("number {} is missing among the {}", first, parts);
    return fmt::format("numbers {} to {} are missing among the {}", first, last, parts);
  }

  void check_unique_names() {
    auto& names = books_.unique_names;
    std::stable_sort(names.begin(), names.end(), [](const UniqueName& a, const UniqueName& b) {
      return std::tie(a.group, a.name) < std::tie(b.group, b.name);
    });
    for (std::size_t i = 0; i < names.size(); ++i) {
      const bool repeats =
          i > 0 && names[i - 1].group == names[i].group && names[i - 1].name == names[i].name;
      if (!repeats) {
        ++resolution_.passed;
        continue;
      }
      const UniqueName& first = names[i - 1];
      add({.rule = Rule::chain,
           .place = names[i].place,
           .explanation = first.owner == names[i].owner
                              ? fmt::format("the response id appears twice in {}", first.owner)
                              : fmt::format("the response id of {} is also in {}", names[i].owner,
                                            first.owner),
           .witnesses = {{first.place, {}}}});
    }
  }

  void check_shared_marks() {
    std::map<GroupId, std::vector<const SharedMark*>> groups;
    for (const SharedMark& mark : books_.shared_marks) groups[mark.group].push_back(&mark);
    for (const auto& [id, marks] : groups) {
      const auto& first = marks[0]->mark;
      const bool mixed = std::any_of(marks.begin(), marks.end(), [&first](const SharedMark* mark) {
        return mark->mark != first;
      });
      if (!mixed) {
        if (marks.size() > 1) ++resolution_.passed;
        continue;
      }
      for (const SharedMark* mark : marks) {
        if (!mark->odd) continue;
        add({.rule = Rule::layout,
             .place = mark->place,
             .explanation = fmt::format("{} is in the {}, others are not", mark->who, mark->mark)});
      }
    }
  }

  /// A snapshot holds at least what the one before it holds.
  void check_snapshots() {
    for (const auto& snapshots : snapshot_series(books_)) {
      for (std::size_t i = 1; i < snapshots.size(); ++i) compare(*snapshots[i - 1], *snapshots[i]);
    }
  }

  void compare(const Unit& earlier, const Unit& later) {
    const Tally before = usage_of(earlier);
    const Tally after = usage_of(later);
    for (Counter counter : kCounters) {
      const auto was = whole_sum(before, counter);
      const auto is = whole_sum(after, counter);
      if (!was || !is) continue;
      if (*was <= *is) {
        ++resolution_.passed;
        continue;
      }
      add({.rule = Rule::continuity,
           .place = later.place,
           .counter = name_of(counter),
           .asserted = is,
           .calculated = was,
           .basis =
               fmt::format("in the snapshot before, {}", books_.file_names[earlier.place.file]),
           .cause = "counter-reset",
           .explanation = "a running total fell from one snapshot to the next"});
    }
  }

  Books& books_;
  Resolution resolution_;
};

}  // namespace

Resolution resolve_claims(Books& books) { return Resolver(books).resolve(); }

}  // namespace usagectl
