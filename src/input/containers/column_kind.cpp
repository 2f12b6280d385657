#include "input/containers/column_kind.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <tuple>

#include "input/containers/json_text.hpp"
#include "input/containers/rounded_number.hpp"

namespace usagectl {
namespace {

/// So many grouped numbers beside smaller ones without a mark are no accident.
constexpr std::uint64_t kManyGrouped = 8;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

/// Groups of three digits behind `mark`; 0 where the digits are not written in such groups.
std::uint64_t groups_behind(std::string_view digits, char mark) {
  const auto first = digits.find(mark);
  if (first == std::string_view::npos || first == 0 || first > 3 || digits[0] == '0') return 0;
  if (!all_digits(digits.substr(0, first))) return 0;
  std::uint64_t groups = 0;
  for (digits.remove_prefix(first); !digits.empty(); digits.remove_prefix(4)) {
    if (digits.size() < 4 || digits[0] != mark || !all_digits(digits.substr(1, 3))) return 0;
    ++groups;
  }
  return groups;
}

/// Whether the text is digits, one mark, digits.
bool is_split_once(std::string_view digits, char mark) {
  const auto at = digits.find(mark);
  return at != std::string_view::npos && all_digits(digits.substr(0, at)) &&
         all_digits(digits.substr(at + 1));
}

/// Whether what the name calls is told apart by its values, not added up.
bool names_tokens(std::string_view name) {
  return name.find("oken") != std::string_view::npos ||
         name.find("TOKEN") != std::string_view::npos;
}

bool names_an_id(std::string_view name) {
  constexpr std::array<std::string_view, 6> kWords = {"uuid", "guid",  "hash",
                                                      "key",  "phone", "version"};
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  // "task_id", "Task ID", "taskId" and "id", but not "paid".
  if (lower.ends_with("id")) {
    if (lower.size() == 2) return true;
    const char before = name[name.size() - 3];
    const bool begins_word = std::isalnum(static_cast<unsigned char>(before)) == 0 ||
                             (name[name.size() - 2] == 'I' && before >= 'a' && before <= 'z');
    if (begins_word) return true;
  }
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return lower.ends_with(word); });
}

}  // namespace

bool is_word_for_unknown(std::string_view value) {
  static constexpr std::array<std::string_view, 14> kWords = {
      "null", "NULL", "Null", "None", "nan", "NaN",       "NA",
      "N/A",  "n/a",  "\\N",  "-",    "--",  "undefined", "unavailable"};
  constexpr std::size_t kLongest = 11;
  return value.size() <= kLongest && std::find(kWords.begin(), kWords.end(), value) != kWords.end();
}

int truth_value(std::string_view value) {
  if (value == "true" || value == "True" || value == "TRUE") return 1;
  if (value == "false" || value == "False" || value == "FALSE") return 0;
  return -1;
}

bool is_grouped_number(std::string_view value, char mark) {
  if (value.starts_with('-')) value.remove_prefix(1);
  return groups_behind(value, mark) > 0;
}

void ColumnProof::add(std::string_view value) {
  if (value.empty() || is_word_for_unknown(value)) return;
  ++known_;
  if (truth_value(value) >= 0) ++truths_;
  if (is_json_number(value)) {
    ++json_numbers_;
    ++numbers_;
  }
  std::string_view digits = value;
  if (digits.starts_with('-')) digits.remove_prefix(1);
  if (all_digits(digits)) {
    if (digits.size() > 1 && digits[0] == '0') ++leading_zeros_;
    ++(digits.size() <= 3 ? below_thousand_ : long_without_mark_);
    return;
  }
  if (rounded_number(value)) {
    ++rounded_;
    return;
  }
  add_marked(digits);
}

void ColumnProof::add_marked(std::string_view digits) {
  const bool is_json = is_json_number(digits);
  // 1,234.5 and 1.234,5: the one mark groups, and the other is the decimal one.
  for (const auto& [mark, other, counts, decimals] :
       {std::tuple{',', '.', &comma_, &decimals_behind_point_},
        std::tuple{'.', ',', &point_, &decimals_behind_comma_}}) {
    const auto decimal = digits.find(other);
    const std::uint64_t groups = groups_behind(digits.substr(0, decimal), mark);
    if (groups > 0 &&
        (decimal == std::string_view::npos || all_digits(digits.substr(decimal + 1)))) {
      ++counts->grouped;
      if (groups > 1) ++counts->grouped_twice;
      if (decimal != std::string_view::npos) ++*decimals;
      if (!is_json) ++numbers_;
      return;
    }
  }
  if (is_split_once(digits, '.')) {
    ++point_.other;
    ++decimals_behind_point_;
  } else if (is_split_once(digits, ',')) {
    ++comma_.other;
    ++decimals_behind_comma_;
    ++numbers_;
  }
}

bool ColumnProof::shows_grouping_comma() const { return proves(comma_, false); }

bool ColumnProof::proves(const Mark& mark, bool other_mark_is_decimal) const {
  if (mark.grouped == 0 || mark.other > 0 || long_without_mark_ > 0 || numbers_ < known_)
    return false;
  return mark.grouped_twice > 0 || other_mark_is_decimal ||
         (mark.grouped >= kManyGrouped && below_thousand_ > 0);
}

/// Where another column shows that commas group, and where tokens are counted, which come whole.
bool ColumnProof::may_group(const Mark& mark, const DecimalMarks& marks,
                            std::string_view name) const {
  const bool is_grouped =
      mark.grouped > 0 && mark.other == 0 && long_without_mark_ == 0 && numbers_ == known_;
  return is_grouped && (marks.groups_with_comma || names_tokens(name));
}

DelimitedColumn ColumnProof::column(std::string_view name, const DecimalMarks& marks) const {
  DelimitedColumn column{std::string(name), ColumnKind::number, 0};
  const bool may_point_group = marks.separator != ',' && !marks.is_point;
  if (known_ > 0 && truths_ == known_) {
    column.kind = ColumnKind::boolean;
  } else if (rounded_ > 0 && json_numbers_ + rounded_ == known_ && names_tokens(name)) {
    column.kind = ColumnKind::rounded;
  } else if (names_an_id(name) || leading_zeros_ > 0 || numbers_ * 2 < known_) {
    column.kind = ColumnKind::text;
  } else if (!marks.is_comma &&
             (proves(comma_, marks.is_point) || may_group(comma_, marks, name))) {
    column.kind = ColumnKind::grouped;
    column.group_mark = ',';
  } else if (may_point_group && proves(point_, marks.is_comma)) {
    column.kind = ColumnKind::grouped;
    column.group_mark = '.';
  } else if (may_point_group && marks.is_comma && comma_.other > 0 && point_.grouped == 0 &&
             numbers_ == known_) {
    column.kind = ColumnKind::decimal_comma;
  }
  return column;
}

}  // namespace usagectl
