#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/finding.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// Records of one file whose rows say below which others they are, held until its end: only then it
/// is known which of them sum up those below.
class RowsOfTree {
 public:
  /// Takes a record. False where it is to be counted now, after those that release() returns: the
  /// file has no such rows, or more than can be held.
  bool take(UsageRecord& record);
  /// Whether it takes no more.
  bool is_over() const { return state_ == State::plain && rows_.empty(); }
  /// Those that were held in vain.
  std::vector<UsageRecord> release();

  struct Settled {
    std::vector<UsageRecord> counted;
    std::vector<UsageRecord> sums;
    std::vector<Finding> findings;
    std::uint64_t held = 0;  ///< sums that are exactly what is below them
    /// The first one that may be a sum, or that was not compared.
    std::optional<Place> doubtful;
  };
  /// After the last record of the file; takes none until it is made anew.
  Settled finish();

 private:
  /// A row at the top may be the only one that does not say which is above it, and it comes first.
  enum class State : std::uint8_t { undecided, tree, plain };
  static constexpr std::size_t kFirstRows = 8;
  static constexpr std::size_t kMost = 65'536;

  State state_ = State::undecided;
  std::size_t seen_ = 0;
  std::vector<UsageRecord> rows_;
  std::optional<Place> not_compared_;
};

}  // namespace usagectl
