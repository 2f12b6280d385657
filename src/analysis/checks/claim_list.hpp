#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/books/books.hpp"

namespace usagectl {

/// How an asserted number has to stand to the calculated one for its claim to hold.
enum class Demand : std::uint8_t {
  equals,
  at_most,
  at_least,
  nothing,  ///< the numbers alone do not show what is wrong
};

std::string_view name_of(Demand demand);

/// One asserted number and what it has to be compared with, for those who check it elsewhere: what
/// the parts of a group add up to, or a number of the same object or of an earlier one.
struct ListedClaim {
  Rule rule = Rule::sum;
  Severity severity = Severity::error;  ///< of a finding, where it does not hold
  Demand demand = Demand::equals;
  GroupId group = 0;  ///< 0 = it is compared with `compared`
  Place place;        ///< of the number
  std::string counter;
  Count asserted = 0;
  std::optional<Count> compared;
  std::optional<Count> solved;       ///< see ClaimedNumber
  std::optional<Count> needs_parts;  ///< see SumClaim::only_with_parts
  std::string conditions;            ///< words, separated by spaces; see usagectl-output(5)
  std::string explanation;           ///< what is wrong where it does not hold
};

/// The claims of a run that compare numbers, before they are resolved: about groups, about
/// snapshots, and what readers found not to hold within one object. Claims that readers found to
/// hold are not among them: Books::checks_held is their number.
std::vector<ListedClaim> list_claims(const Books& books);

}  // namespace usagectl
