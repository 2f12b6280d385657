#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "model/counts.hpp"
#include "model/statistic.hpp"
#include "model/tally.hpp"

namespace usagectl {

/// Rows of statistics among the calls of a file: "Average", "p95", "Max". They are no calls; what
/// the rows above them hold shows it of most.
class StatisticRows {
 public:
  /// A call that is counted.
  void add(const Counts& call);

  enum class Verdict : std::uint8_t {
    call,
    statistic,
    unproved_statistic,  ///< no call by what it is called alone
  };
  Verdict judge(Statistic statistic, const Counts& counts);

 private:
  /// The calls above a row, or those since the last row of statistics.
  struct Above {
    Tally tally;
    Counts largest;
    Counts smallest;

    void add(const Counts& call);
    void merge(const Above& later);
    bool prove(Statistic statistic, const Counts& counts) const;
  };
  bool is_difference(const Counts& counts) const;

  Above before_last_;
  Above since_last_;
  Counts last_;
  Counts one_before_;
  bool is_any_proved_ = false;
  bool is_any_sure_name_ = false;  ///< one is called an average or the like
  std::uint64_t limits_ = 0;
};

}  // namespace usagectl
