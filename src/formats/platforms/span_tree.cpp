#include "formats/platforms/span_tree.hpp"

#include <fmt/format.h>

#include <array>
#include <functional>
#include <utility>

#include "formats/reading/format.hpp"

namespace usagectl {
namespace {

constexpr int kDeepest = 64;
constexpr View kCalls{0, "spans"};
constexpr View kSums{1, "sums of spans"};
constexpr std::string_view kSumOfCalls = "span that sums up the calls below it";
constexpr std::array kCompared = {Counter::input, Counter::output};

/// As written, where that is known: a sum is made of what is written, whatever it means.
const Counts& written(const UsageRecord& record) {
  return record.given.empty() ? record.counts : record.given;
}

void add(Counts& sum, const Counts& more) {
  for (const Counter counter : kCompared) {
    if (!more.has(counter)) continue;
    ExactSum both(sum[counter].value_or(0));
    both += *more[counter];
    sum.set(counter, both.count());
  }
}

bool is_equal(const Counts& a, const Counts& b) {
  for (const Counter counter : kCompared) {
    if (a[counter].value_or(0) != b[counter].value_or(0)) return false;
  }
  return true;
}

/// The same multiple in every counter, such as a sum that was added to itself.
bool is_multiple(const Counts& whole, const Counts& part) {
  std::optional<Count> times;
  for (const Counter counter : kCompared) {
    const Count all = whole[counter].value_or(0);
    const Count one = part[counter].value_or(0);
    if (one == 0 && all == 0) continue;
    if (one == 0 || all % one != 0 || (times && *times != all / one)) return false;
    times = all / one;
  }
  return times && *times > 1;
}

}  // namespace

SpanPlace span_place(std::string_view trace, std::string_view id, std::string_view parent) {
  const std::hash<std::string_view> hash;
  SpanPlace place;
  place.trace = hash(trace);
  const auto in_trace = [&](std::string_view name) {
    return name.empty() ? std::size_t{0} : hash(name) ^ (place.trace * 31);
  };
  place.id = in_trace(id);
  place.parent = in_trace(parent);
  return place;
}

void SpanTree::add(UsageSpan&& span) {
  if (span.place.id != 0) {
    span_with_id_.emplace(span.place.id, spans_.size());
    if (span.place.parent != 0) parent_of_.emplace(span.place.id, span.place.parent);
  }
  if (!span.is_named_sum) ++calls_of_trace_[span.place.trace];
  spans_.push_back(std::move(span));
}

void SpanTree::add_without_usage(const SpanPlace& place) {
  if (place.id != 0) parent_of_.emplace(place.id, place.parent);
}

void SpanTree::add_silent_call(const SpanPlace& place, const Place& at) {
  add_without_usage(place);
  silent_.push_back({place, at});
}

const UsageSpan* SpanTree::above(const SpanPlace& place) const {
  std::size_t parent = place.parent;
  for (int depth = 0; parent != 0 && parent != place.id && depth < kDeepest; ++depth) {
    if (const auto span = span_with_id_.find(parent); span != span_with_id_.end())
      return &spans_[span->second];
    const auto next = parent_of_.find(parent);
    parent = next == parent_of_.end() ? 0 : next->second;
  }
  return nullptr;
}

/// It stands in another file, perhaps, with the sum of this span and others.
bool SpanTree::misses_parent(const SpanPlace& place) const {
  std::size_t parent = place.parent;
  for (int depth = 0; parent != 0 && depth < kDeepest; ++depth) {
    const auto next = parent_of_.find(parent);
    if (next == parent_of_.end()) return !span_with_id_.contains(parent);
    parent = next->second;
  }
  return false;
}

void SpanTree::sum_up_children() {
  for (const UsageSpan& span : spans_) {
    const UsageSpan* const whole = above(span.place);
    if (whole == nullptr) continue;
    Below& below = below_[whole];
    usagectl::add(below.sum, written(span.record));
    ++below.spans;
    if (span.has_response) ++below.responses;
    below.has_same_response =
        below.has_same_response ||
        (span.has_response && whole->has_response && span.record.id == whole->record.id);
  }
}

/// Says what a span that stands above others tells otherwise than they do.
bool SpanTree::is_told_below(const UsageSpan& span, const Below& below,
                             Observations& observations) const {
  const Counts& whole = written(span.record);
  const bool is_call_of_its_own =
      span.has_response && !span.is_named_sum && !below.has_same_response;
  // Two answers may have the same counts.
  const bool is_beside_another = is_call_of_its_own && below.spans == 1 && below.responses == 1;
  if (is_equal(whole, below.sum) && !is_beside_another) {
    observations.held();
    return true;
  }
  Finding finding;
  finding.rule = Rule::sum;
  finding.severity = is_multiple(whole, below.sum) ? Severity::error : Severity::warning;
  finding.place = span.record.place;
  finding.cause = "not-counted";
  for (const Counter counter : kCompared) {
    if (whole[counter].value_or(0) == below.sum[counter].value_or(0)) continue;
    finding.counter = name_of(counter);
    finding.asserted = whole[counter];
    finding.calculated = below.sum[counter];
    break;
  }
  finding.basis = fmt::format("sum of {} spans below it", below.spans);
  finding.explanation =
      is_beside_another && is_equal(whole, below.sum)
          ? "the span is above one with the same counts, and each names an answer of its own: both "
            "are counted"
      : is_call_of_its_own
          ? "the span is above others with usage and is not their sum; it names an answer of "
            "its own, so that all are counted"
          : "the span is above others with usage and is not their sum: they are counted, and "
            "it is not";
  if (is_call_of_its_own) {
    finding.severity = Severity::warning;
    finding.cause = "several-usages";
  }
  observations.finding(std::move(finding));
  return !is_call_of_its_own;
}

bool SpanTree::is_told_by_others(const UsageSpan& span, Observations& observations) const {
  if (span.is_named_sum && !calls_of_trace_.contains(span.place.trace)) {
    // The span above an agent's span holds what that holds.
    const UsageSpan* const whole = above(span.place);
    return whole != nullptr && whole->is_named_sum;
  }
  const auto below = below_.find(&span);
  return below == below_.end() ? span.is_named_sum
                               : is_told_below(span, below->second, observations);
}

void SpanTree::say_silent_calls(Observations& observations) const {
  std::unordered_map<std::size_t, bool> has_below;
  for (const UsageSpan& span : spans_) {
    std::size_t parent = span.place.parent;
    for (int depth = 0; parent != 0 && depth < kDeepest; ++depth) {
      has_below[parent] = true;
      const auto next = parent_of_.find(parent);
      parent = next == parent_of_.end() ? 0 : next->second;
    }
  }
  for (const SilentCall& call : silent_) {
    observations.ignored("span of a call without usage");
    const UsageSpan* const whole = above(call.place);
    const bool is_told = has_below.contains(call.place.id) ||
                         (whole != nullptr && !whole->is_named_sum && whole->has_response);
    if (is_told) continue;
    observations.finding(
        {.rule = Rule::coverage,
         .severity = Severity::warning,
         .place = call.at,
         .cause = "no-usage",
         .explanation = "the span of a call has no usage: what it used is not known"});
  }
}

void SpanTree::count(UsageSpan& span, Observations& observations) {
  UsageRecord& record = span.record;
  if (span.is_named_sum) {
    // The calls of its trace may stand in other files.
    record.role = Role::aggregate;
    record.counts.forget(Counter::requests);
    record.same_id = SameId::nothing;
    record.view = kSums;
    if (!span.trace.empty()) record.unit = observations.unit(fmt::format("trace {}", span.trace));
  } else if (!span.trace.empty() && misses_parent(span.place)) {
    record.view = kCalls;
    record.unit = observations.unit(fmt::format("trace {}", span.trace));
  }
  observations.record(std::move(record));
}

void SpanTree::finish(Observations& observations) {
  sum_up_children();
  for (UsageSpan& span : spans_) {
    if (is_told_by_others(span, observations)) {
      observations.ignored(kSumOfCalls);
    } else {
      count(span, observations);
    }
  }
  say_silent_calls(observations);
  *this = {};
}

}  // namespace usagectl
