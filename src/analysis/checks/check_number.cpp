#include "analysis/checks/check_number.hpp"

namespace usagectl {
namespace {

/// Calls that failed use nothing; some writers count them, some do not.
bool counts_calls_with_tokens(const ClaimedNumber& number, const SumsAsWritten& parts) {
  return number.counter == Counter::requests &&
         static_cast<Count>(parts.with_tokens) == number.asserted &&
         parts.given.sum_of(number.counter) == static_cast<Count>(parts.given.records);
}

bool holds_as_solved(const ClaimedNumber& number, const SumsAsWritten& parts) {
  const auto sum = whole_sum(parts.solved, number.counter);
  return sum && number.solved && *sum == *number.solved;
}

}  // namespace

CheckedNumber check_number(const SumClaim& claim, const ClaimedNumber& number, const Group& group) {
  const SumsAsWritten* const written = claim.is_as_written ? group.as_written.get() : nullptr;
  const Tally& tally = written != nullptr ? written->given : group.tally;
  CheckedNumber checked;
  checked.calculated = tally.sums[static_cast<std::size_t>(number.counter)];
  checked.known = tally.known_of(number.counter);
  checked.parts = tally.records;
  const bool is_complete =
      checked.known == checked.parts || (claim.missing_is_zero && checked.known > 0);
  if (written != nullptr) {
    if (number.is_derived && tally.known_of(Counter::input) > 0) {
      checked.check = NumberCheck::follows;
      return checked;
    }
    if (checked.known == 0) {
      checked.check = NumberCheck::unlisted;
      return checked;
    }
    if (holds_as_solved(number, *written) || counts_calls_with_tokens(number, *written) ||
        checked.calculated == ExactSum(number.asserted))
      return checked;
  }
  if (!is_complete) {
    checked.check = NumberCheck::incomplete;
  } else if (!(checked.calculated == ExactSum(number.asserted))) {
    checked.check = NumberCheck::fails;
  }
  return checked;
}

}  // namespace usagectl
