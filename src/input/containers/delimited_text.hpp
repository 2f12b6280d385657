#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "input/containers/delimited_table.hpp"
#include "model/count.hpp"

namespace usagectl {

class JsonParser;

/// A row that can't be read.
struct DelimitedProblem {
  std::uint64_t line = 1;  ///< of the text, where the row begins
  std::string what;
};

/// A last row that no line break ends, and that has all its fields: its last one may be cut.
struct OpenEnd {
  std::uint64_t line = 1;  ///< of the text, where the row begins
  bool is_likely = false;  ///< it is unlike the last field of every other row
  std::string what;
};

/// What became of some rows.
struct ConvertedRows {
  std::uint64_t lines = 0;  ///< of the text
  std::vector<DelimitedProblem> problems;
  std::optional<OpenEnd> open_end;
  /// Rows with an object in a column of usage that is in no notation that is known, or is cut.
  std::uint64_t unread_usages = 0;
  std::uint64_t first_unread_usage = 0;                  ///< line
  std::uint64_t rounded_rows = 0;                        ///< with counts such as 1.2k
  std::uint64_t first_rounded = 0;                       ///< line
  std::vector<std::pair<std::string, ExactSum>> off_by;  ///< by column: how far its sum may be off
};

/// Writes the rows as JSON lines, so that they are read as JSON lines are: a row becomes an object
/// with the names of the header as keys, or a list without a header. The line of a row is that on
/// which it begins in the text; lines on which none begins are empty, so that line numbers are
/// those of the text.
///
/// An empty field is absent; a word for an unknown value is null where the column is of numbers; a
/// text that is an object or list, in JSON or as Python prints it, becomes it; how other values
/// become numbers is the column's (ColumnKind). A row with more or fewer fields than the header has
/// is a problem: nobody can say which of them are missing.
ConvertedRows rows_as_json_lines(std::string_view rows, const DelimitedTable& table,
                                 JsonParser& parser, std::string& json_lines);

}  // namespace usagectl
