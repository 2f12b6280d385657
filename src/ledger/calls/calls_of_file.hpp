#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/calls/calls_of_runs.hpp"
#include "ledger/calls/growth_of_calls.hpp"
#include "ledger/calls/statistic_rows.hpp"
#include "ledger/calls/summed_calls.hpp"
#include "ledger/calls/sums_among_calls.hpp"
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
  void add_repeat(const Counts& counts) { repeats_.add(counts); }

  enum class Verdict : std::uint8_t {
    call,       ///< it is a call
    sum,        ///< it is the sum of calls before it; what does not hold of it is in `findings`
    statistic,  ///< it is an average or the like of them
  };
  Verdict judge(const UsageRecord& record, std::vector<Finding>& findings, std::uint64_t& held);

  /// Whether it can be nothing but a call: of one that says nothing of sums, and lacks no name that
  /// others have. judge() would return the same.
  bool is_plainly_a_call(const UsageRecord& record);

  /// Whether the record says that it is a sum, and there are no calls before it.
  bool is_early(const UsageRecord& record) const;

  /// Whether a total so far is that of the calls before it.
  bool are_told_by(const UsageRecord& total) const;

  /// No calls will come but what says that it is a sum, of a session or a day: these are the calls,
  /// and only what adds up is a sum of them.
  void take_sums_for_calls() { sums_are_calls_ = true; }
  /// A counted call that others may hold, and why.
  struct Doubtful {
    Place place;
    std::string_view why;
  };
  /// What numbers alone say at the end of the file.
  std::vector<Doubtful> doubtful() const;
  bool empty() const { return all_.tally.records + newest_.tally.records == 0; }

 private:
  using Calls = SummedCalls;
  /// How sure the numbers alone make it.
  enum class Proof : std::uint8_t { none, doubt, sure };

  static Proof proof_by_numbers(const UsageRecord& record, const Calls& calls);
  static bool has_number(const UsageRecord& sum, const Calls& calls);
  bool is_sum_of_last(const UsageRecord& record, std::uint64_t calls) const;
  void begin_run_of(const UsageRecord& call);
  /// Those that a call of that run or session may be the sum of; nullptr: there are none.
  std::array<const Calls*, 3> calls_before(std::string_view run) const;
  bool is_of_other_run(const Calls* before, std::string_view run) const;
  bool agrees_in_a_row(const UsageRecord& record, const Calls* before, std::string_view run) const;
  Calls with_newest(const Calls& before) const;
  /// Whether the record agrees with those calls and the newest ones.
  bool agrees_with(const UsageRecord& sum, const Calls& before) const;
  void take_newest();
  void end_since_sum();
  bool is_statistic(const UsageRecord& record, std::vector<Finding>& findings);
  void doubt_total(const UsageRecord& record, std::vector<Finding>& findings);
  void doubt_end(const UsageRecord& record, std::vector<Finding>& findings);
  bool repeats_the_last(const UsageRecord& record) const;

  // The newest calls are in none of the others yet: all of them have these as well, and few lines
  // ask for more than a sum of them.
  Calls newest_;
  Calls all_;  ///< of the file
  Place first_place_;
  std::optional<Place> last_sum_;
  GrowthOfCalls growth_;
  SumsAmongCalls sums_;
  bool are_rows_ = true;  ///< all calls, on lines or in a list of them
  Tally repeats_;         ///< those that repeat others
  std::uint64_t without_model_ = 0;
  std::uint64_t without_time_ = 0;
  std::uint64_t without_id_ = 0;
  StatisticRows statistics_;
  bool is_statistic_doubted_ = false;
  bool is_total_doubted_ = false;
  bool is_any_called_sum_ = false;  ///< what was called one was one, exactly
  Calls since_sum_;                 ///< behind the last sum
  CallsOfRuns runs_;                ///< by the run or session that they name
  std::vector<Counts> last_;        ///< the last ones, in a ring
  std::size_t next_ = 0;            ///< in it
  bool sums_are_calls_ = false;
};

}  // namespace usagectl
