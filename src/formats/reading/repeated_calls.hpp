#pragma once

#include <cstddef>
#include <string>

#include "model/observations.hpp"

namespace usagectl {

/// Reports when a call has the numbers of the one before, within a second, and no id shows whether
/// it is another one. Some loggers write a call once more when they fail on its answer, or under
/// the other name of its model.
class RepeatedCalls {
 public:
  /// Looks at the records from that one on: those of the next line.
  void check(std::size_t first_record, Observations& observations);

 private:
  void check(const UsageRecord& record, Observations& observations);

  bool is_known_ = false;  ///< the call before, which has no id
  Counts counts_;
  std::string time_;
  Place place_;
};

}  // namespace usagectl
