#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/observations.hpp"

namespace usagectl {

/// Where a span is among others. Hashes: a trace may have many spans.
struct SpanPlace {
  std::size_t trace = 0;
  std::size_t id = 0;      ///< in its trace; 0 = not told
  std::size_t parent = 0;  ///< 0 = none
};

SpanPlace span_place(std::string_view trace, std::string_view id, std::string_view parent);

struct UsageSpan {
  SpanPlace place;
  std::string trace;
  bool is_named_sum = false;  ///< an agent's, a workflow's, a tool's
  bool has_response = false;  ///< it names the answer that it is of
  UsageRecord record;
};

/// The spans of a file, until it is known which of them sum up others: a span above spans with
/// usage does, whatever its name.
class SpanTree {
 public:
  void add(UsageSpan&& span);
  void add_without_usage(const SpanPlace& place);
  /// A call that was answered and tells no usage.
  void add_silent_call(const SpanPlace& place, const Place& at);

  /// Hands on what counts, in the order in which it was added.
  void finish(Observations& observations);

 private:
  struct Below {
    Counts sum;
    std::size_t spans = 0;
    std::size_t responses = 0;  ///< spans that name an answer
    bool has_same_response = false;
  };
  struct SilentCall {
    SpanPlace place;
    Place at;
  };

  /// The nearest span above with usage; nothing where there is none.
  const UsageSpan* above(const SpanPlace& place) const;
  void sum_up_children();
  bool misses_parent(const SpanPlace& place) const;
  /// Whether other spans of the file tell what this one tells.
  bool is_told_by_others(const UsageSpan& span, Observations& observations) const;
  bool is_told_below(const UsageSpan& span, const Below& below, Observations& observations) const;
  void say_silent_calls(Observations& observations) const;
  void count(UsageSpan& span, Observations& observations);

  std::vector<UsageSpan> spans_;
  std::vector<SilentCall> silent_;
  std::unordered_map<std::size_t, std::size_t> parent_of_;
  std::unordered_map<std::size_t, std::size_t> span_with_id_;  ///< with usage, by its id
  std::unordered_map<const UsageSpan*, Below> below_;
  std::unordered_map<std::size_t, std::size_t> calls_of_trace_;
};

}  // namespace usagectl
