#pragma once

#include <cstdint>
#include <string_view>

#include "input/containers/delimited_table.hpp"

namespace usagectl {

/// Words that stand for a value that isn't known: null, None, NaN, N/A, \N.
bool is_word_for_unknown(std::string_view value);

/// The truth value that the text names, 1 or 0; -1 for none.
int truth_value(std::string_view value);

/// Whether the number is written as digits in groups of three behind marks: "1.234.567".
bool is_grouped_number(std::string_view value, char mark);

/// What the first rows of a table show about the marks in its numbers.
struct DecimalMarks {
  char separator = ',';            ///< between fields
  bool is_point = false;           ///< some number can only have a decimal point
  bool is_comma = false;           ///< some number can only have a decimal comma
  bool groups_with_comma = false;  ///< some column proves that its commas group
};

/// How a column is read, as its first values prove it.
///
/// "1,234", and "1.234" where fields are not separated by commas, are whole numbers only where
/// something proves the mark: a value with two of them, another mark that is seen to be the decimal
/// one, or many such values beside plain ones below 1,000 and none with other digits behind the
/// mark; commas also where another column proves them, or the column is called one of tokens.
/// Otherwise they stay strings.
class ColumnProof {
 public:
  void add(std::string_view value);
  bool shows_decimal_point() const { return decimals_behind_point_ > 0; }
  bool shows_decimal_comma() const { return decimals_behind_comma_ > 0; }
  bool shows_grouping_comma() const;
  /// Whether all values that are known are numbers of some writing, and there are some.
  bool is_numeric() const { return known_ > 0 && numbers_ == known_; }
  bool has_values() const { return known_ > 0; }

  DelimitedColumn column(std::string_view name, const DecimalMarks& marks) const;

 private:
  struct Mark {
    std::uint64_t grouped = 0;        ///< 1,234
    std::uint64_t grouped_twice = 0;  ///< 1,234,567
    std::uint64_t other = 0;          ///< 1,5
  };
  void add_marked(std::string_view digits);
  bool proves(const Mark& mark, bool other_mark_is_decimal) const;
  bool may_group(const Mark& mark, const DecimalMarks& marks, std::string_view name) const;

  std::uint64_t known_ = 0;
  std::uint64_t numbers_ = 0;
  std::uint64_t json_numbers_ = 0;
  std::uint64_t leading_zeros_ = 0;
  std::uint64_t rounded_ = 0;
  std::uint64_t truths_ = 0;
  std::uint64_t below_thousand_ = 0;
  std::uint64_t long_without_mark_ = 0;
  std::uint64_t decimals_behind_point_ = 0;
  std::uint64_t decimals_behind_comma_ = 0;
  Mark comma_;
  Mark point_;
};

}  // namespace usagectl
