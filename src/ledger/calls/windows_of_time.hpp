#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "model/place.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// Rows of one file that sum up windows of time which all end now: "24h", "last 7 days". The
/// widest holds the others.
class WindowsOfTime {
 public:
  /// Takes a row; false where there are so many that they are something else.
  bool take(UsageRecord& record);

  struct Settled {
    std::vector<UsageRecord> counted;
    std::vector<UsageRecord> held;  ///< by a wider window
    /// The first one, where they may overlap and the numbers do not show it.
    std::optional<Place> doubtful;
  };
  Settled finish();

 private:
  static constexpr std::size_t kMost = 256;

  std::vector<UsageRecord> rows_;
};

}  // namespace usagectl
