#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/place.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// Lines of one file, or items of a list in it, each of which holds a list of calls, and begins
/// with that of the line before it or the line after: a conversation that is written anew at each
/// of its steps. From the first list on, records are held until the end of the file, or until the
/// lists are seen not to grow.
class GrowingLines {
 public:
  /// Takes a record. False where it is to be counted now, after those that release() returns.
  bool take(UsageRecord& record);
  /// Whether it takes none but those of a list.
  bool is_empty() const { return records_.empty(); }
  std::vector<UsageRecord> release();

  struct Settled {
    std::vector<UsageRecord> counted;
    std::vector<UsageRecord> copies;
    /// The first line that holds the one before it, where one step alone does: it may be chance. Or
    /// the first of more lists than can be held, of which some do.
    std::optional<Place> doubtful;
  };
  /// After the last record of the file; takes none until it is made anew.
  Settled finish();

 private:
  static constexpr std::size_t kFirstLines = 8;
  static constexpr std::size_t kMost = 65'536;

  struct Line {
    std::size_t begin = 0;  ///< in records_
    std::size_t end = 0;
    bool has_list = false;
  };
  using Lines = std::vector<Line>;

  bool any_grows() const;
  Lines lines() const;
  bool begins_with(const Line& longer, const Line& shorter) const;
  bool tells_anything(const Line& line) const;

  bool is_over_ = false;
  std::size_t lines_ = 0;  ///< with lists, of which records are held
  std::vector<UsageRecord> records_;
  std::optional<Place> not_compared_;
};

}  // namespace usagectl
