#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "model/cost.hpp"
#include "model/counts.hpp"
#include "model/tally.hpp"

namespace usagectl {

/// The tallies of many groups, eight bytes for each number that any of them needs: a counter that
/// no record of them knows takes no room, nor does how many records know it where all of them do,
/// nor money where there is none.
class TallyRows {
 public:
  using Row = std::uint32_t;

  /// Throws std::length_error where a Row can no longer say which it is.
  Row add_row();
  std::size_t size() const { return rows_; }
  std::uint64_t records_of(Row row) const { return cells_[row * stride_]; }
  Tally operator[](Row row) const;

  void add(Row row, const Counts& counts, const CostOfRecord& cost = {});
  /// Takes back what was added.
  void remove(Row row, const Counts& counts, const CostOfRecord& cost = {});
  void merge(Row row, const Tally& tally);

  /// Keeps these rows, which are in rising order, and numbers them anew.
  void keep(const std::vector<Row>& rows);

  /// Memory in use, costs aside.
  std::size_t bytes() const { return cells_.capacity() * sizeof(std::uint64_t); }

 private:
  // A row is the number of its records, and what it has of each counter. A sum has 128 bits, the
  // upper half of which is kept where any sum needs it. `lacking` are the records that do not know
  // a counter that others know.
  enum Field : std::uint8_t { low, high, lacking, open, kFields };
  static constexpr std::size_t kColumns = kFields * kCounterCount;
  using Columns = std::array<std::uint8_t, kColumns>;
  static constexpr std::size_t at(Field field, std::size_t counter) {
    return counter * kFields + field;
  }
  __extension__ using Wide = __int128;

  bool has(Field field, std::size_t counter) const { return columns_[at(field, counter)] != 0; }
  /// Only where there is such a column.
  std::uint64_t& cell(Row row, Field field, std::size_t counter) {
    return cells_[row * stride_ + columns_[at(field, counter)]];
  }
  std::uint64_t value(Row row, Field field, std::size_t counter) const {
    const std::uint8_t column = columns_[at(field, counter)];
    return column == 0 ? 0 : cells_[row * stride_ + column];
  }
  /// Makes room for it in each row.
  void need(Field field, std::size_t counter);
  void widen(Field field, std::size_t counter);
  Wide sum(Row row, std::size_t counter) const;
  void set_sum(Row row, std::size_t counter, Wide sum);
  void change(Row row, std::size_t counter, Field field, std::uint64_t times);
  void apply(Row row, const Counts& counts, bool takes_back);

  std::size_t rows_ = 0;
  std::size_t stride_ = 1;
  Columns columns_{};                 ///< where they are in a row; 0 = nowhere
  std::vector<std::uint64_t> cells_;  ///< row by row
  std::vector<CostSums> costs_;       ///< by row; shorter where the last ones have none
};

}  // namespace usagectl
