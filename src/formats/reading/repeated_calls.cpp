#include "formats/reading/repeated_calls.hpp"

#include <cstdlib>
#include <utility>

#include "base/utc_time.hpp"

namespace usagectl {
namespace {

constexpr std::int64_t kAtOnce = 1000;  // milliseconds

bool are_at_once(const std::string& a, const std::string& b) {
  const auto here = milliseconds_of(a);
  const auto there = milliseconds_of(b);
  return here && there && std::llabs(*here - *there) <= kAtOnce;
}

}  // namespace

void RepeatedCalls::check(std::size_t first_record, Observations& observations) {
  for (std::size_t i = first_record; i < observations.records().size(); ++i)
    check(observations.records()[i], observations);
}

void RepeatedCalls::check(const UsageRecord& record, Observations& observations) {
  const bool is_call = record.role == Role::request && record.id.empty() && !record.time.empty() &&
                       record.counts[Counter::output].value_or(0) > 0;
  if (is_call && is_known_ && record.counts == counts_ && are_at_once(record.time, time_)) {
    observations.finding(
        {.rule = Rule::duplicate,
         .severity = Severity::warning,
         .place = record.place,
         .counter = name_of(Counter::total),
         .asserted = record.counts[Counter::total],
         .cause = "call-logged-twice",
         .explanation =
             "the call before has the same counts within a second, and no id shows whether this is "
             "another one; both are counted",
         .witnesses = {{place_, counts_}}});
  }
  is_known_ = is_call;
  if (is_call) {
    counts_ = record.counts;
    time_ = record.time;
    place_ = record.place;
  }
}

}  // namespace usagectl
