#pragma once

#include <deque>
#include <functional>

#include "model/usage_record.hpp"

namespace usagectl {

/// Whether both are reports of one call, by what their ids say.
bool is_same_call(const UsageRecord& a, const UsageRecord& b);

/// Holds back the last calls that may be reported again with more in them, so that each goes on
/// once and whole. Transcripts repeat a call within a few lines; what comes later still is found by
/// its id.
class OpenCalls {
 public:
  /// Takes a call that is not reported again so soon.
  using Settle = std::function<void(UsageRecord&&)>;

  /// The call that `record` reports again, or nullptr when it is a new one.
  UsageRecord* find(const UsageRecord& record);
  /// A new call; the oldest may have to go.
  void add(UsageRecord&& record, const Settle& settle);
  void close(const Settle& settle);

 private:
  std::deque<UsageRecord> open_;
};

}  // namespace usagectl
