#pragma once

#include <cstdint>
#include <string>

#include "model/counts.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// How the calls of a log follow each other: totals so far grow in and out from line to line, stay
/// where nothing was used, and fall where another run begins.
class GrowthOfCalls {
 public:
  void add(const UsageRecord& call);
  /// Whether no calls grow so by chance.
  bool are_totals_so_far() const;

 private:
  void end_run();

  Counts before_;
  std::string model_;
  bool are_calls_ = false;  ///< something in them shows that they are no totals
  std::uint64_t run_ = 0;   ///< lines of the run that grew, with its first
  std::uint64_t same_ = 0;  ///< lines like the one before
  std::uint64_t grown_ = 0;
  double chances_ = 0;  ///< how many orders there are of the lines of a run, as a logarithm
  bool are_all_called_totals_ = true;
  bool is_of_one_model_ = true;  ///< as far as they grow
};

}  // namespace usagectl
