#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/finding.hpp"
#include "model/tally.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// The calls of the file that is being read, in its order, to know a sum of them when it comes: at
/// the end of a log, behind each run in it, or over all so far. Numbers alone make no sum of a line
/// that does not say that it is one, unless they leave no doubt.
class CallsOfFile {
 public:
  void begin();
  /// A call that is counted.
  void add(const UsageRecord& call);
  /// One that repeats another: a sum may hold it.
  void add_repeat(const Counts& counts);

  enum class Verdict : std::uint8_t {
    call,  ///< it is a call
    sum,   ///< it is the sum of calls before it; what does not hold of it is in `findings`
  };
  Verdict judge(const UsageRecord& record, std::vector<Finding>& findings, std::uint64_t& held);

  /// Whether the record says that it is a sum, and there are no calls before it.
  bool is_early(const UsageRecord& record) const;

  /// No calls will come but what says that it is a sum, of a session or a day: these are the calls,
  /// and only what adds up is a sum of them.
  void take_sums_for_calls() { sums_are_calls_ = true; }
  /// The first one, when it is the sum of all others and nothing says so.
  std::optional<Place> first_that_is_the_sum() const;
  /// The first one, when each reports more than the one before it, in and out.
  std::optional<Place> first_of_totals_so_far() const;
  bool empty() const { return all_.records == 0; }

 private:
  bool is_sum_of_last(const UsageRecord& record, std::uint64_t calls) const;

  Tally all_;  ///< of the file
  Counts first_;
  Place first_place_;
  Counts before_;
  bool grows_ = true;     ///< each from the one before
  bool are_rows_ = true;  ///< all calls, on lines
  Tally told_;            ///< with those that repeat others
  std::uint64_t without_model_ = 0;
  std::uint64_t without_time_ = 0;
  std::uint64_t without_id_ = 0;
  std::uint64_t with_number_ = 0;  ///< calls that say how many calls they are
  Tally since_sum_;                ///< behind the last sum
  std::vector<Counts> last_;       ///< the last ones, in a ring
  std::size_t next_ = 0;           ///< in it
  bool sums_are_calls_ = false;
};

}  // namespace usagectl
