#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/place.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// The sum of a log may stand anywhere in it under any name, as a span above others does: one call
/// that reports as much as all others together. The sums of groups, by run, by task, by day, stand
/// behind all calls or before them. Numbers alone say so, which is a doubt.
class SumsAmongCalls {
 public:
  /// A call of a log, or a row of a table.
  void add(const UsageRecord& call);
  /// The first of the sums, if there are any.
  std::optional<Place> first() const;
  /// Where the rows begin that report once more, in other groups, what those before them do: by
  /// model, then by day. Nothing where they are the same rows again, which others look for.
  std::optional<Place> first_of_other_groups() const;

 private:
  /// So many sums are looked for at each end.
  static constexpr std::size_t kMost = 16384;

  struct Row {
    std::uint64_t input = 0;
    std::uint64_t output = 0;
    FileId file = 0;
    std::uint64_t line = 0;

    Place place() const;
  };

  bool are_half(std::uint64_t input, std::uint64_t output) const;
  std::optional<Place> second_of_groups(std::uint64_t groups) const;
  /// `at(i)` is the row that is i rows away from the end.
  template <typename At>
  std::optional<Row> last_of_sums(std::size_t rows, At&& at) const;

  Row largest_;
  Place largest_place_;
  Place first_place_;
  std::vector<Row> first_;
  std::vector<Row> last_;  ///< in a ring
  std::size_t next_ = 0;   ///< in it
  std::size_t rows_ = 0;
  std::uint64_t input_ = 0;
  std::uint64_t output_ = 0;
  bool are_named_ = false;      ///< some call has an id or a time
  bool are_comparable_ = true;  ///< each reports both, and no sum of them overflows
};

}  // namespace usagectl
