#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "input/containers/row_marks.hpp"

namespace usagectl {

/// A table with more columns, or a longer row, is refused.
inline constexpr std::size_t kMostColumns = 4096;
inline constexpr std::size_t kLongestRowBytes = std::size_t{16} * 1024 * 1024;

/// One field of a row, as it stands in the text.
struct DelimitedField {
  std::string_view text;  ///< without the quotes around it
  bool is_quoted = false;
  bool has_doubled_quotes = false;  ///< "" stands in it for a quote

  /// The value; `unquoted` keeps it where it differs from the text.
  std::string_view value(std::string& unquoted) const {
    return has_doubled_quotes ? with_single_quotes(unquoted) : text;
  }

 private:
  std::string_view with_single_quotes(std::string& unquoted) const;
};

/// Why a row can't be read.
enum class RowFault : std::uint8_t {
  none,
  open_quote,         ///< the text ends inside quotes
  text_behind_quote,  ///< something follows a closing quote in its field
  too_many_columns,
  too_long,
  unended,  ///< the first bytes of a file end in it
};

/// The fault as the end of a sentence: "has a quote that is never closed".
std::string described(RowFault fault);

/// A row of delimited text. Reused from one row to the next.
struct DelimitedRow {
  std::vector<DelimitedField> fields;
  std::uint64_t line_breaks = 0;  ///< in it, that at its end included
  RowFault fault = RowFault::none;
  bool is_ended = false;  ///< by a line break

  /// A line without a character is no row.
  bool is_blank() const {
    return fields.size() == 1 && fields[0].text.empty() && !fields[0].is_quoted;
  }
};

/// Cuts a text into rows (RFC 4180: fields may stand in quotes, and hold separators, line breaks
/// and doubled quotes there; rows end in LF or CRLF). The text must stay where it is.
class DelimitedRows {
 public:
  DelimitedRows(std::string_view text, char separator) : text_(text), marks_(text, separator) {}

  /// The next row; false at the end.
  bool next(DelimitedRow& row);

  /// Offset of what follows the last row.
  std::size_t offset() const { return at_; }

 private:
  std::size_t take_quoted(DelimitedRow& row, DelimitedField& field);
  std::size_t end_of_field();

  std::string_view text_;
  RowMarks marks_;
  std::size_t at_ = 0;
};

/// The size of the whole rows at the front of `text`, which begins with a row; 0 where the first
/// row does not end in it.
std::size_t whole_rows_bytes(std::string_view text, char separator);

}  // namespace usagectl
