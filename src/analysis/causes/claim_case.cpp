#include "analysis/causes/claim_case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "analysis/causes/explain_count.hpp"
#include "analysis/checks/check_number.hpp"

namespace usagectl {
namespace {

Counts numbers_of(const SumClaim& claim) {
  Counts numbers;
  for (const ClaimedNumber& number : claim.numbers) numbers.set(number.counter, number.asserted);
  return numbers;
}

std::string key_of(const Counts& numbers) {
  std::string key;
  for (const Counter counter : kCounters) {
    const auto count = numbers[counter];
    if (count && *count != 0)
      fmt::format_to(std::back_inserter(key), "{} {},", static_cast<int>(counter), *count);
  }
  return key;
}

bool says_enough(const Counts& numbers) {
  return std::count_if(kCounters.begin(), kCounters.end(),
                       [&](Counter counter) { return numbers[counter].value_or(0) != 0; }) > 1;
}

std::vector<CaseNumber> checked_numbers(const SumClaim& claim, const Group& group) {
  std::vector<CaseNumber> numbers;
  if (group.misses_parts) return numbers;
  for (const ClaimedNumber& number : claim.numbers) {
    const CheckedNumber checked = check_number(claim, number, group);
    if (checked.check != NumberCheck::holds && checked.check != NumberCheck::fails) continue;
    // Of a number that holds in another reading, what that reading adds up to.
    const auto sum =
        checked.check == NumberCheck::holds ? number.asserted : checked.calculated.count();
    if (!sum) continue;
    numbers.push_back(
        {number.counter, number.asserted, *sum, number.relation == Relation::at_most});
  }
  return numbers;
}

/// The files may have changed between the two readings.
bool is_what_was_summed(const std::vector<CasePart>& items, const Tally& tally) {
  if (items.size() != tally.records) return false;
  PartsSum sum;
  for (const CasePart& item : items) sum.add(item);
  const Counts counts = sum.counts();
  return std::all_of(kCounters.begin(), kCounters.end(),
                     [&](Counter counter) { return counts[counter] == tally.sum_of(counter); });
}

std::vector<Count> numbers_of(const std::vector<CasePart>& items, const Group& group) {
  std::vector<Count> numbers = group.numbers;
  if (!numbers.empty()) return numbers;
  for (const CasePart& item : items) {
    if (item.number == 0) return {};
    numbers.push_back(item.number);
  }
  return numbers;
}

/// What other claims of the same object say about the numbers that fail here.
void hear_other_claims(Case& of, const SumClaim& claim, const Books& books,
                       const ClaimSurroundings& around) {
  for (const std::size_t index : around.claims_at(claim.place)) {
    const SumClaim& other = books.sum_claims[index];
    const Group& group = books.groups[other.group];
    if (&other == &claim || other.group == claim.group || group.tally.records == 0) continue;
    if (other.only_with_parts && static_cast<Count>(group.tally.records) != *other.only_with_parts)
      continue;
    Case heard;
    heard.numbers = checked_numbers(other, group);
    bool confirms = true;
    bool refutes = true;
    for (const CaseNumber* number : of.failing()) {
      const auto there = heard.difference(number->counter);
      const bool holds = there && !heard.number(number->counter)->may_be_less && *there == 0;
      confirms = confirms && (holds || (there && heard.number(number->counter)->may_be_less));
      refutes = refutes && there && *there == of.difference(number->counter);
    }
    const bool any_holds =
        std::any_of(heard.numbers.begin(), heard.numbers.end(), [&](const CaseNumber& number) {
          const CaseNumber* const here = of.number(number.counter);
          return here != nullptr && here->fails() && number.asserted == number.calculated;
        });
    if (confirms && any_holds && of.confirmed_by.empty()) {
      of.confirmed_by = fmt::format("its {} add up to what is claimed", other.parts);
    }
    of.is_refuted_elsewhere = of.is_refuted_elsewhere || refutes;
  }
}

/// The parts of a claim that its format judged: as they are written, repeats among them where they
/// were added as well. None when they are not what was added.
std::vector<CasePart> items_as_written(const KeptParts::Parts& parts,
                                       const std::vector<CaseNumber>& numbers) {
  const auto as_written = [](std::vector<CasePart> items) {
    for (CasePart& item : items) {
      for (const Counter counter : kCounters) {
        if (item.given.has(counter)) item.counts.set(counter, item.given[counter]);
      }
    }
    return items;
  };
  const auto add_up = [&](const std::vector<CasePart>& items) {
    PartsSum sum;
    for (const CasePart& item : items) sum.add(item);
    const Counts counts = sum.counts();
    return std::all_of(numbers.begin(), numbers.end(), [&](const CaseNumber& number) {
      return counts[number.counter].value_or(0) == number.calculated;
    });
  };
  std::vector<CasePart> items = as_written(parts.items);
  if (add_up(items)) return items;
  items.insert(items.end(), parts.told_again.begin(), parts.told_again.end());
  items = as_written(std::move(items));
  std::sort(items.begin(), items.end(),
            [](const CasePart& a, const CasePart& b) { return a.order < b.order; });
  if (add_up(items)) return items;
  return {};
}

}  // namespace

std::string key_of(const Place& place) {
  return fmt::format("{}:{}:{}", place.file, place.line, place.pointer);
}

ClaimSurroundings::ClaimSurroundings(const Books& books, const std::vector<FailedClaim>& failed)
    : books_(books) {
  if (failed.empty()) return;
  for (const FailedClaim& failure : failed)
    at_place_[key_of(books.sum_claims[failure.claim].place)];
  for (std::size_t i = 0; i < books.sum_claims.size(); ++i) {
    const SumClaim& claim = books.sum_claims[i];
    if (const auto here = at_place_.find(key_of(claim.place)); here != at_place_.end())
      here->second.push_back(i);
    const Counts numbers = numbers_of(claim);
    if (says_enough(numbers)) with_numbers_[key_of(numbers)].push_back(i);
  }
}

const std::vector<std::size_t>& ClaimSurroundings::claims_at(const Place& place) const {
  static const std::vector<std::size_t> kNone;
  const auto here = at_place_.find(key_of(place));
  return here == at_place_.end() ? kNone : here->second;
}

const SumClaim* ClaimSurroundings::with_numbers(const Counts& numbers, const SumClaim& but) const {
  if (!says_enough(numbers)) return nullptr;
  const auto found = with_numbers_.find(key_of(numbers));
  if (found == with_numbers_.end()) return nullptr;
  const SumClaim* only = nullptr;
  for (const std::size_t index : found->second) {
    const SumClaim& claim = books_.sum_claims[index];
    if (key_of(claim.place) == key_of(but.place) || claim.parts != but.parts) continue;
    if (only != nullptr) return nullptr;
    only = &claim;
  }
  return only;
}

Case case_of(const Books& books, const SumClaim& claim, const ClaimSurroundings& around,
             const KeptParts& kept) {
  const Group& group = books.groups[claim.group];
  Case of;
  of.place = claim.place;
  of.parts = claim.parts;
  of.part = claim.part;
  of.numbers = checked_numbers(claim, group);
  for (const Counter counter : kCounters) of.sums.set(counter, group.tally.sum_of(counter));
  if (const KeptParts::Parts* const parts = kept.of(claim.group)) {
    of.is_too_large = parts->is_let_go;
    if (claim.is_as_written) {
      of.items = items_as_written(*parts, of.numbers);
    } else if (is_what_was_summed(parts->items, group.tally)) {
      of.items = parts->items;
    }
    if (of.items.size() == parts->items.size()) of.told_again = parts->told_again;
  }
  if (claim.is_as_written) {
    PartsSum sum;
    for (const CasePart& item : of.items) sum.add(item);
    of.sums = sum.counts();
  }
  of.missing_numbers = gaps_in(numbers_of(of.items, group));
  of.members_asserted = claim.said_parts;
  of.members = static_cast<Count>(group.tally.records);
  of.before = claim.before;
  of.before_place = claim.before_place;
  if (of.before.empty()) {
    if (const SumClaim* const earlier = around.with_numbers(differences(of), claim)) {
      of.before = numbers_of(*earlier);
      of.before_place = earlier->place;
    }
  }
  hear_other_claims(of, claim, books, around);
  return of;
}

}  // namespace usagectl
