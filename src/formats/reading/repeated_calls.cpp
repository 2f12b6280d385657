#include "formats/reading/repeated_calls.hpp"

#include <cstdlib>
#include <optional>
#include <utility>

#include "base/utc_time.hpp"

namespace usagectl {
namespace {

constexpr std::int64_t kAtOnce = 1000;  // milliseconds
/// So many different answers do not stand twice by chance.
constexpr std::size_t kDifferent = 3;

bool are_at_once(std::string_view a, std::string_view b) {
  const auto here = milliseconds_of(a);
  const auto there = milliseconds_of(b);
  return here && there && std::llabs(*here - *there) <= kAtOnce;
}

}  // namespace

void RepeatedCalls::check(std::size_t first_record, Observations& observations) {
  for (std::size_t i = first_record; i < observations.number_of_records(); ++i) {
    const UsageRecord& record = observations.records_from(first_record)[i - first_record];
    check({record.role == Role::request, record.id, record.time, record.counts, record.place.file,
           record.place.line, record.place.pointer},
          observations);
  }
}

void RepeatedCalls::check_call_again(Observations& observations) {
  if (observations.calls_again().empty()) return;
  const CallAgain& call = observations.calls_again().back();
  const UsageRecord& like = call.like->record;
  check({like.role == Role::request, observations.id_of(call), observations.time_of(call),
         call.counts, call.file, call.line, like.place.pointer},
        observations);
}

void RepeatedCalls::check(const Call& call, Observations& observations) {
  if (!check_moment(call, observations)) look_for_pair(call);
}

void RepeatedCalls::look_for_pair(const Call& call) {
  constexpr Count kManyTokens = 30;
  const auto input = call.counts[Counter::input];
  const auto output = call.counts[Counter::output];
  if (!call.is_request || !input || !output) return;
  const bool is_pair = is_open_ && input_ == *input && output_ == *output &&
                       (id_.empty() || call.id.empty() || id_ == call.id);
  if (is_pair) {
    is_open_ = false;
    if (pairs_++ == 0) first_pair_ = call.place();
    if (different_.size() < kDifferent && *input + *output >= kManyTokens)
      different_.insert(*output);
    return;
  }
  if (is_open_) ++others_;
  is_open_ = true;
  input_ = *input;
  output_ = *output;
  id_ = call.id;
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

bool RepeatedCalls::check_moment(const Call& call, Observations& observations) {
  const bool is_call = call.is_request && call.id.empty() && !call.time.empty() &&
                       call.counts[Counter::output].value_or(0) > 0;
  const bool is_repeated =
      is_call && is_known_ && call.counts == counts_ && are_at_once(call.time, time_);
  std::optional<Finding> repeated;
  if (is_repeated) {
    repeated = Finding{
        .rule = Rule::duplicate,
        .severity = Severity::warning,
        .place = call.place(),
        .counter = name_of(Counter::total),
        .asserted = call.counts[Counter::total],
        .cause = "call-logged-twice",
        .explanation =
            "the call before has the same counts within a second, and no id shows whether this is "
            "another one; both are counted",
        .witnesses = {{place_, counts_}}};
  }
  is_known_ = is_call;
  if (is_call) {
    counts_ = call.counts;
    time_ = call.time;
    place_ = call.place();
  }
  // The call may be handed over with it.
  if (repeated) observations.finding(std::move(*repeated));
  return is_repeated;
}

}  // namespace usagectl
