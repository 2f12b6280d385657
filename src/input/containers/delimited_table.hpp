#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace usagectl {

/// How the values of a column are read, as far as the first rows prove it.
enum class ColumnKind : std::uint8_t {
  number,   ///< what is written as a number is one; also where nothing is known yet
  grouped,  ///< numbers with a mark between thousands: "1,234"
  decimal_comma,
  boolean,
  text,     ///< ids, names, numbers with leading zeros: strings, and JSON
  rounded,  ///< counts of tokens of which some are rounded: "1.2k"
};

struct DelimitedColumn {
  std::string name;  ///< as written
  ColumnKind kind = ColumnKind::number;
  char group_mark = 0;  ///< between thousands, of a grouped column
};

/// What the beginning of a text says about the table in it.
struct DelimitedTable {
  std::string problem;  ///< why the table can't be read; the rest is not set then
  std::string warning;  ///< what is open where it can be read
  char separator = ',';
  bool has_header = true;  ///< false: the columns have no names
  /// "1.234" may be 1234 as well as a fraction: nothing shows which, so it stays a string.
  bool is_point_open = false;
  std::vector<DelimitedColumn> columns;
  std::size_t header_bytes = 0;  ///< before the first row of values, a byte order mark included
  std::uint64_t header_lines = 0;
};

/// The table that begins with `start`, the first bytes of a file; `is_all` says that there are no
/// more. Nothing where they are none. A file that calls itself CSV or TSV may have one column and
/// no header; any other must show a header, two columns and a number.
std::optional<DelimitedTable> delimited_table(std::string_view start, std::string_view path,
                                              bool is_all);

/// Whether the file calls itself CSV or TSV.
bool is_named_delimited(std::string_view path);

}  // namespace usagectl
