#include "formats/reading/repeated_calls.hpp"

#include <cstdlib>
#include <utility>

#include "base/utc_time.hpp"

namespace usagectl {
namespace {

constexpr std::int64_t kAtOnce = 1000;  // milliseconds
/// So many different answers do not stand twice by chance.
constexpr std::size_t kDifferent = 3;

bool are_at_once(const std::string& a, const std::string& b) {
  const auto here = milliseconds_of(a);
  const auto there = milliseconds_of(b);
  return here && there && std::llabs(*here - *there) <= kAtOnce;
}

}  // namespace

void RepeatedCalls::check(std::size_t first_record, Observations& observations) {
  for (std::size_t i = first_record; i < observations.records().size(); ++i) {
    if (!check(observations.records()[i], observations)) look_for_pair(observations.records()[i]);
  }
}

void RepeatedCalls::look_for_pair(const UsageRecord& record) {
  constexpr Count kManyTokens = 30;
  const auto input = record.counts[Counter::input];
  const auto output = record.counts[Counter::output];
  if (record.role != Role::request || !input || !output) return;
  const bool is_pair = is_open_ && input_ == *input && output_ == *output &&
                       (id_.empty() || record.id.empty() || id_ == record.id);
  if (is_pair) {
    is_open_ = false;
    if (pairs_++ == 0) first_pair_ = record.place;
    if (different_.size() < kDifferent && *input + *output >= kManyTokens)
      different_.insert(*output);
    return;
  }
  if (is_open_) ++others_;
  is_open_ = true;
  input_ = *input;
  output_ = *output;
  id_ = record.id;
}

void RepeatedCalls::finish(Observations& observations) const {
  constexpr std::uint64_t kMostOthers = 4;  // pairs for each of them, at least
  const std::uint64_t others = others_ + (is_open_ ? 1 : 0);
  if (different_.size() < kDifferent || others * kMostOthers > pairs_) return;
  observations.finding({.rule = Rule::duplicate,
                        .severity = Severity::warning,
                        .place = first_pair_,
                        .cause = "call-logged-twice",
                        .explanation = std::string(kInPairs)});
}

bool RepeatedCalls::check(const UsageRecord& record, Observations& observations) {
  const bool is_call = record.role == Role::request && record.id.empty() && !record.time.empty() &&
                       record.counts[Counter::output].value_or(0) > 0;
  const bool is_repeated =
      is_call && is_known_ && record.counts == counts_ && are_at_once(record.time, time_);
  if (is_repeated) {
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
  return is_repeated;
}

}  // namespace usagectl
