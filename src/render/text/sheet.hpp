#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/count.hpp"
#include "model/money.hpp"

namespace usagectl {

/// One value of a sheet, not yet drawn.
struct Cell {
  enum class Kind : std::uint8_t {
    unknown,
    text,
    count,
    difference,  ///< a count with its sign
    money,
    too_large,  ///< a sum that does not fit in 64 bits
  };

  Kind kind = Kind::unknown;
  std::string text;  ///< as in the log, not escaped
  Count number = 0;
  Money amount;

  Cell() = default;
  explicit Cell(std::string_view value) : kind(Kind::text), text(value) {}
  explicit Cell(Count value) : kind(Kind::count), number(value) {}
  explicit Cell(std::optional<Count> value) : Cell() {
    if (value) *this = Cell(*value);
  }
  static Cell difference(std::optional<Count> value) {
    Cell cell(value);
    if (value) cell.kind = Kind::difference;
    return cell;
  }
  static Cell money(const std::optional<Money>& amount) {
    Cell cell;
    if (!amount) return cell;
    cell.kind = Kind::money;
    cell.amount = *amount;
    return cell;
  }
  static Cell too_large() {
    Cell cell;
    cell.kind = Kind::too_large;
    return cell;
  }
};

using Row = std::vector<Cell>;

/// The content of a column decides how it is drawn: names are left-aligned and may be shortened,
/// sentences are wrapped, numbers are right-aligned and never cut. Pointers are shortened in front,
/// as their last step says what they point at.
enum class Content : std::uint8_t { text, sentence, number, pointer };

/// Columns that do not fit on a terminal are left out, those of least weight first.
enum class Weight : std::uint8_t { detail, useful, main, needed };

struct Column {
  std::string id;     ///< in CSV: "cache_read"
  std::string title;  ///< as shown in tables: "cache read"
  Content content = Content::text;
  Weight weight = Weight::needed;
  bool for_machines = false;  ///< only in CSV
};

/// The rows of a report, from which tables, CSV and Markdown are made.
struct Sheet {
  std::vector<Column> columns;
  std::vector<Row> rows;
  std::optional<Row> total;  ///< not in CSV, where it would be added up with the rest
};

/// A sheet whose rows are made one at a time, when they are asked for: a report of a million groups
/// holds one of them.
struct MadeSheet {
  std::vector<Column> columns;
  std::size_t rows = 0;
  std::function<Row(std::size_t)> row;
  std::optional<Row> total;
};

/// Either of them, for those who draw it. Not longer-lived than the sheet.
class SheetView {
 public:
  SheetView(const Sheet& sheet);      // NOLINT(google-explicit-constructor)
  SheetView(const MadeSheet& sheet);  // NOLINT(google-explicit-constructor)

  const std::vector<Column>& columns() const { return *columns_; }
  std::size_t rows() const { return rows_; }
  /// Until the next one is asked for.
  const Row& row(std::size_t at) const { return row_(at); }
  const std::optional<Row>& total() const { return *total_; }

 private:
  const std::vector<Column>* columns_;
  const std::optional<Row>* total_;
  std::size_t rows_;
  std::function<const Row&(std::size_t)> row_;
};

/// Whether tables show the column whatever its cells: the names of the groups.
bool is_always_shown(const Column& column);
/// The columns to show in tables: those, and the ones with a known value.
std::vector<std::size_t> shown_columns(const SheetView& sheet);

}  // namespace usagectl
