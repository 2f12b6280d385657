#include "analysis/bill/bill_causes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace usagectl {
namespace {

/// Whether input differs by exactly what one side has read from the cache, written to it, or both.
bool is_the_cache(const BillBucket& bucket, Count input) {
  const Count size = input < 0 ? -input : input;
  for (const bool of_bill : {true, false}) {
    const Count read = bucket.sum(Counter::cache_read, of_bill).value_or(0);
    const Count written = bucket.sum(Counter::cache_write, of_bill).value_or(0);
    for (const Count cache : {read, written, read + written}) {
      if (cache > 0 && size == cache) return true;
    }
  }
  return false;
}

/// Whether what the report has more is exactly what it has billed as a batch.
bool is_the_batch(const BillBucket& bucket) {
  if (bucket.batch.records == 0) return false;
  return std::all_of(std::begin(kBilledCounters), std::end(kBilledCounters), [&](Counter counter) {
    const auto apart = bucket.apart(counter);
    return !apart || *apart == bucket.batch.sum_of(counter).value_or(0);
  });
}

}  // namespace

std::string_view cause_of(const BillBucket& bucket, bool is_cut) {
  const auto requests = bucket.apart(Counter::requests);
  const Count output = bucket.apart(Counter::output).value_or(0);
  const Count input = bucket.apart(Counter::input).value_or(0);
  if (is_the_batch(bucket)) return "batch-unlogged";
  if (bucket.logged.records == 0) return "log-missing";
  if (output == 0 && requests.value_or(0) == 0 && input != 0 && is_the_cache(bucket, input))
    return input < 0 ? "cache-left-out" : "cache-added";
  const bool has_more_requests = requests.value_or(0) > 0;
  if (has_more_requests && output == 0 && input >= 0) return "retries-unlogged";
  if (!requests && output == 0 && input > 0) return "retries-unlogged";
  if (is_cut && input >= 0 && output >= 0) return "window-cut";
  if ((has_more_requests || !requests) && input > 0 && output > 0) return "calls-unlogged";
  if (requests.value_or(0) < 0 && input < 0) return "call-logged-twice";
  return {};
}

std::string words_of_cause(std::string_view cause, const BillBucket& bucket) {
  if (cause == "batch-unlogged") return ": exactly what it has billed as a batch, and no log holds";
  if (cause == "log-missing") return ": no such call was logged";
  if (cause == "cache-left-out") return ": the report counts input without the cache";
  if (cause == "cache-added") return ": the logs count input without the cache";
  if (cause == "retries-unlogged")
    return fmt::format(
        ": more {} with the same output, as failed or repeated calls that nobody logged",
        bucket.apart(Counter::requests) ? "requests" : "input");
  if (cause == "window-cut")
    return ": the logs begin or end within that time, and may lack the rest";
  if (cause == "calls-unlogged") {
    const auto requests = bucket.apart(Counter::requests);
    if (!requests) return ": some calls are in no log";
    return fmt::format(": {} call{} in no log", *requests, *requests == 1 ? " is" : "s are");
  }
  if (cause == "call-logged-twice") return ": calls are logged more than once";
  if (bucket.is_absent) return ", which has nothing of them in that time";
  if (bucket.models.size() > 1) return ": several models of the logs count as this one";
  return {};
}

}  // namespace usagectl
