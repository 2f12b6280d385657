#include "ledger/calls/summed_calls.hpp"

namespace usagectl {

void SummedCalls::add(const UsageRecord& call) {
  tally.add(call.counts, call.cost);
  requests += call.sums.calls.value_or(1);
  if (call.sums.calls) ++with_number;
  if (call.sums.is_called_end) ++called_ends;
}

void SummedCalls::merge(const SummedCalls& later) {
  tally.merge(later.tally);
  requests += later.requests;
  with_number += later.with_number;
  called_ends += later.called_ends;
}

std::optional<ExactSum> SummedCalls::known_requests() const {
  const bool are_alike = with_number == 0 || with_number == tally.records;
  return are_alike ? std::optional(requests) : std::nullopt;
}

}  // namespace usagectl
