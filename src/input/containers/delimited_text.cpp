#include "input/containers/delimited_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "input/containers/column_kind.hpp"
#include "input/containers/delimited_row.hpp"
#include "input/containers/embedded_value.hpp"
#include "input/containers/json_text.hpp"
#include "input/containers/rounded_number.hpp"
#include "input/json/json_parser.hpp"

namespace usagectl {
namespace {

/// Writes the rows of one table, each to memory of its own that is used again.
class RowWriter {
 public:
  RowWriter(const DelimitedTable& table, JsonParser& parser) : table_(table), parser_(parser) {
    for (const DelimitedColumn& column : table.columns) {
      std::string& key = before_.emplace_back().text;
      key = ",";
      if (table.has_header) {
        append_raw_json_string(column.name, key);
        key.push_back(':');
      }
      before_.back().size = key.size();
      key.resize((key.size() + kAtOnce - 1) / kAtOnce * kAtOnce);
    }
  }

  /// Whether the last row has a cell that looks like usage, and is not read.
  bool has_unread_usage() const { return has_unread_usage_; }
  /// The counts of the last row that are rounded, and by how much they may be off.
  const std::vector<std::pair<const DelimitedColumn*, Count>>& rounded() const { return rounded_; }

  std::string_view write(const DelimitedRow& row) {
    used_ = 0;
    has_unread_usage_ = false;
    rounded_.clear();
    for (std::size_t c = 0; c < row.fields.size(); ++c) {
      const std::string_view value = row.fields[c].value(unquoted_);
      if (value.empty() && table_.has_header) continue;
      make_room(before_[c].text.size() + json_string_bytes(value.size()) + kWordBytes);
      put_before(before_[c]);
      put_value(value, row.fields[c].is_quoted, table_.columns[c]);
    }
    make_room(2);
    if (used_ == 0) ++used_;
    memory_[0] = table_.has_header ? '{' : '[';  // instead of a comma
    memory_[used_++] = table_.has_header ? '}' : ']';
    return {memory_.data(), used_};
  }

 private:
  static constexpr std::size_t kWordBytes = 8;  ///< null, false
  static constexpr std::size_t kAtOnce = 16;

  /// What stands before a value: a comma, the key as JSON, a colon; then zeros.
  struct Before {
    std::string text;
    std::size_t size = 0;
  };

  void make_room(std::size_t bytes) {
    if (memory_.size() - used_ < bytes) memory_.resize(std::max(memory_.size() * 2, used_ + bytes));
  }
  // For all below, there must be room.

  /// Whole words are faster to copy than what is in use of them.
  void put_before(const Before& before) {
    for (std::size_t i = 0; i < before.size; i += kAtOnce)
      std::memcpy(memory_.data() + used_ + i, before.text.data() + i, kAtOnce);
    used_ += before.size;
  }
  void put(std::string_view text) {
    std::memcpy(memory_.data() + used_, text.data(), text.size());
    used_ += text.size();
  }
  void put_string(std::string_view text) {
    char* const begin = memory_.data() + used_;
    used_ += static_cast<std::size_t>(write_string_as_json(text, begin) - begin);
  }
  bool put_embedded(std::string_view text) {
    constexpr std::string_view kBeginnings = "{[ \t\r\n";
    const bool may_be_called = text.back() == ')' || text.back() == ' ' || text.back() == '\n';
    if (kBeginnings.find(text.front()) == std::string_view::npos && !may_be_called) return false;
    embedded_.clear();
    if (!append_embedded_value(text, parser_, embedded_)) return false;
    make_room(embedded_.size() + kWordBytes);
    put(embedded_);
    return true;
  }

  void put_value(std::string_view value, bool is_quoted, const DelimitedColumn& column) {
    if (value.empty()) {
      put("null");
      return;
    }
    const bool is_of_numbers =
        column.kind != ColumnKind::text && column.kind != ColumnKind::boolean;
    if (is_of_numbers) {
      if (put_number(value, column)) return;
      if (!is_quoted && is_word_for_unknown(value)) {
        put("null");
        return;
      }
    } else if (column.kind == ColumnKind::boolean) {
      if (const int truth = truth_value(value); truth >= 0) {
        put(truth == 1 ? "true" : "false");
        return;
      }
    }
    if (put_embedded(value)) return;
    put_string(value);
    if (names_usage(column.name) && looks_like_usage(value)) has_unread_usage_ = true;
  }

  static bool names_usage(std::string_view name) {
    return name.find("sage") != std::string_view::npos ||
           name.find("oken") != std::string_view::npos;
  }

  bool put_number(std::string_view value, const DelimitedColumn& column) {
    if (column.kind == ColumnKind::grouped)
      return put_marked(value, column.group_mark, column.group_mark == ',' ? '.' : ',');
    if (column.kind == ColumnKind::decimal_comma) return put_marked(value, '.', ',');
    if (column.kind == ColumnKind::rounded && !is_json_number(value)) {
      const auto rounded = rounded_number(value);
      if (!rounded) return false;
      put(std::to_string(rounded->count));
      rounded_.emplace_back(&column, rounded->off_by);
      return true;
    }
    if (!is_json_number(value)) return false;
    if (table_.is_point_open && is_grouped_number(value, '.')) return false;
    put(value);
    return true;
  }

  /// Leaves out the marks between thousands, and writes the decimal one as JSON does.
  bool put_marked(std::string_view value, char group_mark, char decimal_mark) {
    const std::string_view whole = value.substr(0, value.find(decimal_mark));
    const std::string_view fraction = value.substr(whole.size());
    const bool is_grouped = whole.find(group_mark) != std::string_view::npos;
    if (is_grouped && !is_grouped_number(whole, group_mark)) return false;
    number_.clear();
    for (const char c : whole) {
      if (c != group_mark) number_.push_back(c);
    }
    for (const char c : fraction) number_.push_back(c == decimal_mark ? '.' : c);
    if (!is_json_number(number_)) return false;
    put(number_);
    return true;
  }

  const DelimitedTable& table_;
  JsonParser& parser_;
  std::vector<Before> before_;
  std::string memory_;
  std::size_t used_ = 0;
  std::string unquoted_;
  std::string number_;
  std::string embedded_;
  bool has_unread_usage_ = false;
  std::vector<std::pair<const DelimitedColumn*, Count>> rounded_;
};

/// Notes what a row leaves open.
void note_open(const RowWriter& writer, std::uint64_t line, ConvertedRows& result) {
  if (writer.has_unread_usage() && result.unread_usages++ == 0) result.first_unread_usage = line;
  if (writer.rounded().empty()) return;
  if (result.rounded_rows++ == 0) result.first_rounded = line;
  for (const auto& cell : writer.rounded()) {
    const std::string& name = cell.first->name;
    const auto known = std::find_if(result.off_by.begin(), result.off_by.end(),
                                    [&](const auto& one) { return one.first == name; });
    if (known == result.off_by.end())
      result.off_by.emplace_back(name, ExactSum(cell.second));
    else
      known->second += cell.second;
  }
}

/// Fields behind the last column that hold nothing, as a separator at the end of each row leaves.
void drop_empty_ends(DelimitedRow& row, std::size_t columns) {
  while (row.fields.size() > columns && row.fields.back().text.empty()) row.fields.pop_back();
}

constexpr std::string_view kAndCut =
    ", and no line break ends it: the file is still being written to, or was cut";

std::string problem_of(const DelimitedRow& row, const DelimitedTable& table) {
  if (row.fault != RowFault::none) return "is a row that " + described(row.fault);
  if (row.fields.size() == table.columns.size()) return {};
  const bool is_cut = !row.is_ended && row.fields.size() < table.columns.size();
  return fmt::format("is a row of {} {} where the {} has {}{}", row.fields.size(),
                     row.fields.size() == 1 ? "field" : "fields",
                     table.has_header ? "header" : "first row", table.columns.size(),
                     is_cut ? kAndCut : "");
}

/// What the last fields of the rows that end have in common.
class LastFields {
 public:
  void add(const DelimitedField& field) {
    ++rows_;
    are_there_ = are_there_ && (field.is_quoted || !field.text.empty());
    are_quoted_ = are_quoted_ && field.is_quoted;
    if (rows_ == 1) width_ = field.text.size();
    are_wide_alike_ =
        are_wide_alike_ && field.text.size() == width_ && !is_plain_number(field.text);
  }

  /// What speaks for a cut in the last row, whose fields are all there; its line is not set.
  std::optional<OpenEnd> open_end(const DelimitedField& field,
                                  const DelimitedColumn& column) const {
    if (field.is_quoted) return {};
    const bool is_empty = field.text.empty();
    const bool is_shorter = are_wide_alike_ && width_ >= kWideField && field.text.size() < width_;
    const bool is_unquoted = rows_ > 0 && are_quoted_;
    if (is_unquoted || (rows_ >= kFewestRows && (is_shorter || (is_empty && are_there_))))
      return OpenEnd{1, true,
                     "no line break ends the last row, and its last field is unlike those of all "
                     "others: the file is still being written to, or was cut"};
    const bool is_number = column.kind != ColumnKind::text && column.kind != ColumnKind::boolean;
    if (!is_number || is_empty || !is_whole_number(field.text)) return {};
    return OpenEnd{1, false,
                   "no line break ends the last row: if it was cut, its last number had more "
                   "digits"};
  }

 private:
  static constexpr std::uint64_t kFewestRows = 2;
  static constexpr std::size_t kWideField = 8;  ///< a date, an id

  static bool is_plain_number(std::string_view text) {
    return text.find_first_not_of("0123456789.,+eE", text.starts_with('-') ? 1 : 0) ==
           std::string_view::npos;
  }
  static bool is_whole_number(std::string_view text) {
    return text.find_first_not_of("0123456789,._ ") == std::string_view::npos;
  }

  std::uint64_t rows_ = 0;
  std::size_t width_ = 0;
  bool are_there_ = true;
  bool are_quoted_ = true;
  bool are_wide_alike_ = true;
};

}  // namespace

ConvertedRows rows_as_json_lines(std::string_view rows, const DelimitedTable& table,
                                 JsonParser& parser, std::string& json_lines) {
  RowWriter writer(table, parser);
  ConvertedRows result;
  DelimitedRows all(rows, table.separator);
  DelimitedRow row;
  LastFields last_fields;
  while (all.next(row)) {
    const std::uint64_t line = result.lines + 1;
    const bool ends_with_text = !row.is_ended && !rows.ends_with('\n');
    const std::uint64_t lines = row.line_breaks + (ends_with_text ? 1 : 0);
    result.lines += lines;
    if (!row.is_blank()) {
      drop_empty_ends(row, table.columns.size());
      if (std::string problem = problem_of(row, table); !problem.empty()) {
        result.problems.push_back({line, std::move(problem)});
      } else {
        json_lines += writer.write(row);
        note_open(writer, line, result);
        if (row.is_ended) {
          last_fields.add(row.fields.back());
        } else if (auto end = last_fields.open_end(row.fields.back(), table.columns.back())) {
          result.open_end = std::move(end);
          result.open_end->line = line;
        }
      }
    }
    json_lines.append(static_cast<std::size_t>(lines), '\n');
  }
  return result;
}

}  // namespace usagectl
