#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>

#include "model/tally.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// Steps that are told apart from their call, by the id of the call. Some writers tell the last
/// step as the usage of the call; then the others are calls beside it. Others tell the sum.
class StepsOfCalls {
 public:
  /// A step of a call that was counted with those counts.
  void add(const UsageRecord& step, const Counts& call);
  /// Whether the step is another call than the one that was counted; asked once for each step.
  bool is_call_beside(const UsageRecord& step, const Counts& call);
  /// Whether this step was met before, where steps have ids of their own; asked once for each.
  bool was_told(const UsageRecord& step);

 private:
  struct Steps {
    Tally sum;
    bool has_last = false;  ///< one of them is what the call tells
    bool is_last_met = false;
  };
  std::unordered_map<std::string, Steps> steps_of_;
  std::unordered_set<std::string> added_;
  std::unordered_set<std::string> told_;
};

}  // namespace usagectl
