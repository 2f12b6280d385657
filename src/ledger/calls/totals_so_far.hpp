#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
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
  /// It is asked after so many whether they grow, and again whenever there are twice as many.
  static constexpr std::size_t kFirstAsked = 64;

  /// `are_all`: no more will come. Otherwise it is left open while there are too few steps to tell.
  void decide(bool are_all);
  std::vector<UsageRecord> release();
  bool take_growth(UsageRecord& record);

  std::vector<UsageRecord> held_;                    ///< until it is decided
  std::map<std::string, Counts, std::less<>> last_;  ///< by run
  std::set<std::string, std::less<>> numbering_;     ///< names in which no run is called
  /// Of more runs than can be held before any went on, by their hashes.
  std::unordered_set<std::uint64_t> not_compared_;
  std::size_t next_asked_ = kFirstAsked;
  bool is_any_ = false;
  bool is_decided_ = false;
  bool are_running_ = false;
  std::size_t without_growth_ = 0;
  std::optional<Place> doubtful_;
};

}  // namespace usagectl
