#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/usage_record.hpp"

namespace usagectl {

/// Records of one file that are called totals so far: each adds what it grew by since the one
/// before it in its run. Where they do not grow as such totals do, each counts as it is.
class TotalsSoFar {
 public:
  /// Takes the next one, and gives those that can be counted now, in their order.
  /// `is_beside_calls`: calls stand before it of which it is not the sum.
  std::vector<UsageRecord> take(UsageRecord&& record, bool is_beside_calls);
  /// The rest, after the last line of the file.
  std::vector<UsageRecord> finish();

  /// The first one, where it is not clear what they hold.
  const std::optional<Place>& doubtful() const { return doubtful_; }
  /// Those that tell nothing new.
  std::size_t without_growth() const { return without_growth_; }

 private:
  void decide();
  std::vector<UsageRecord> release();
  bool take_growth(UsageRecord& record);

  std::vector<UsageRecord> held_;                    ///< until it is decided
  std::map<std::string, Counts, std::less<>> last_;  ///< by run
  std::set<std::string_view> numbering_;             ///< names in which no run is called
  bool is_any_ = false;
  bool is_decided_ = false;
  bool are_running_ = false;
  std::size_t without_growth_ = 0;
  std::optional<Place> doubtful_;
};

}  // namespace usagectl
