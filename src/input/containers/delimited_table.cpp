#include "input/containers/delimited_table.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "input/containers/column_kind.hpp"
#include "input/containers/delimited_row.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::array<char, 3> kSeparators = {',', ';', '\t'};
constexpr std::size_t kFirstRows = 1000;
constexpr std::size_t kLongestName = 256;

/// The first rows, cut at one separator.
struct FirstRows {
  char separator = ',';
  std::vector<std::vector<std::string>> rows;  ///< without blank ones
  std::size_t first_row_bytes = 0;             ///< blank lines before it included
  std::uint64_t first_row_lines = 0;
  std::size_t like_first = 0;       ///< rows with as many fields as the first
  RowFault fault = RowFault::none;  ///< of the first row

  std::size_t columns() const { return rows.empty() ? 0 : rows.front().size(); }
};

FirstRows first_rows(std::string_view text, char separator, bool is_all) {
  FirstRows first;
  first.separator = separator;
  DelimitedRow row;
  if (!is_all) {
    const std::size_t bytes = whole_rows_bytes(text, separator);
    if (bytes == 0 && DelimitedRows(text, separator).next(row))
      first.fault = row.fault == RowFault::none ? RowFault::unended : row.fault;
    text = text.substr(0, bytes);
  }
  std::string unquoted;
  DelimitedRows rows(text, separator);
  while (first.rows.size() < kFirstRows && rows.next(row)) {
    const bool is_first = first.rows.empty();
    if (is_first) {
      first.first_row_bytes = rows.offset();
      first.first_row_lines += row.line_breaks;
    }
    if (row.is_blank()) continue;
    if (row.fault != RowFault::none) {
      // A later row is reported where the rows are read.
      if (is_first) first.fault = row.fault;
      break;
    }
    auto& values = first.rows.emplace_back();
    for (const DelimitedField& field : row.fields) values.emplace_back(field.value(unquoted));
    if (values.size() == first.columns()) ++first.like_first;
  }
  return first;
}

/// The separator that cuts the most rows alike, into the most columns.
FirstRows best_rows(std::string_view text, bool is_all) {
  FirstRows best;
  std::pair<std::size_t, std::size_t> best_rank;
  for (const char separator : kSeparators) {
    FirstRows rows = first_rows(text, separator, is_all);
    if (rows.fault == RowFault::too_many_columns) return rows;
    if (rows.fault != RowFault::none || rows.rows.empty()) {
      if (best.rows.empty()) best.fault = rows.fault;
      continue;
    }
    // Without a separator every text has rows of one column.
    const std::pair rank{rows.columns() > 1 ? rows.like_first : 0, rows.columns()};
    if (best.rows.empty() || rank > best_rank) {
      best = std::move(rows);
      best_rank = rank;
    }
  }
  return best;
}

bool looks_like_name(std::string_view name) {
  if (name.empty()) return true;  // a column of row numbers often has no name
  if (name.size() > kLongestName || is_word_for_unknown(name) || truth_value(name) >= 0)
    return false;
  const auto is_letter = [](char c) {
    return std::isalpha(static_cast<unsigned char>(c)) != 0 ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  const bool begins_like_one =
      is_letter(name[0]) || std::string_view("_#%$([/").find(name[0]) != std::string_view::npos;
  return begins_like_one && std::any_of(name.begin(), name.end(), is_letter) &&
         std::none_of(name.begin(), name.end(), [](char c) { return c == '\n' || c == '{'; });
}

/// "2026-01-31" and "2026-01".
bool is_day(std::string_view text) {
  constexpr std::string_view kShape = "0000-00-00";
  if (text.size() != kShape.size() && text.size() != kShape.size() - 3) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (kShape[i] == '-' ? text[i] != '-' : !is_digit) return false;
  }
  return true;
}

/// Names of columns, of which all but the first may be days.
bool look_like_names(const std::vector<std::string>& names) {
  return looks_like_name(names.front()) &&
         std::all_of(names.begin() + 1, names.end(),
                     [](const std::string& name) { return looks_like_name(name) || is_day(name); });
}

std::vector<ColumnProof> proofs_of(const FirstRows& first, std::size_t begin) {
  std::vector<ColumnProof> proofs(first.columns());
  for (std::size_t i = begin; i < first.rows.size(); ++i) {
    const auto& row = first.rows[i];
    for (std::size_t c = 0; c < std::min(row.size(), proofs.size()); ++c) proofs[c].add(row[c]);
  }
  return proofs;
}

/// Whether the first row gives names to the columns.
bool is_header(const FirstRows& first) {
  const auto& names = first.rows.front();
  if (!look_like_names(names)) return false;
  if (std::all_of(names.begin(), names.end(), [](const auto& name) { return name.empty(); }))
    return false;
  const auto proofs = proofs_of(first, 1);
  // A name stands over numbers, or over texts that differ from it.
  if (std::any_of(proofs.begin(), proofs.end(), [](const auto& one) { return one.is_numeric(); }))
    return true;
  for (std::size_t c = 0; c < names.size(); ++c) {
    for (std::size_t i = 1; i < first.rows.size(); ++i) {
      const auto& row = first.rows[i];
      if (c < row.size() && !names[c].empty() && row[c] == names[c]) return false;
    }
  }
  return true;
}

bool has_numbers(const FirstRows& first) {
  const auto proofs = proofs_of(first, 1);
  return std::any_of(proofs.begin(), proofs.end(),
                     [](const auto& proof) { return proof.is_numeric(); });
}

/// A first line "sep=;" tells the separator to spreadsheets.
std::size_t separator_line_bytes(std::string_view text) {
  if (!text.starts_with("sep=") || text.size() < 6) return 0;
  const std::string_view behind = text.substr(5);
  if (behind.starts_with("\r\n")) return 7;
  return behind.starts_with('\n') ? 6 : 0;
}

}  // namespace

bool is_named_delimited(std::string_view path) {
  std::string ending(path.substr(path.size() - std::min<std::size_t>(path.size(), 4)));
  std::transform(ending.begin(), ending.end(), ending.begin(), [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  return ending == ".csv" || ending == ".tsv" || ending == ".tab";
}

std::optional<DelimitedTable> delimited_table(std::string_view start, std::string_view path,
                                              bool is_all) {
  std::string_view text = start;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const std::size_t separator_line = separator_line_bytes(text);
  const char told = separator_line > 0 ? text[4] : '\0';
  text.remove_prefix(separator_line);
  if (text.find('\0') != std::string_view::npos) return std::nullopt;
  // No name of a column has a brace, as most files begin that are no tables.
  if (text.starts_with('{') && !is_named_delimited(path)) return std::nullopt;
  const FirstRows first =
      separator_line > 0 ? first_rows(text, told, is_all) : best_rows(text, is_all);
  if (first.fault != RowFault::none) {
    if (!is_named_delimited(path)) return std::nullopt;
    DelimitedTable refused;
    refused.problem = "has a first row that " + std::string(described(first.fault));
    return refused;
  }
  if (first.rows.empty()) return std::nullopt;
  const bool has_header = is_header(first);
  if (!is_named_delimited(path)) {
    const bool is_shown = has_header && first.columns() > 1 && first.rows.size() > 1 &&
                          first.like_first == first.rows.size() && has_numbers(first);
    if (!is_shown) return std::nullopt;
  }

  DelimitedTable table;
  table.separator = first.separator;
  table.has_header = has_header;
  table.header_bytes = start.size() - text.size() + (has_header ? first.first_row_bytes : 0);
  table.header_lines = (separator_line > 0 ? 1 : 0) + (has_header ? first.first_row_lines : 0);
  const auto proofs = proofs_of(first, has_header ? 1 : 0);
  DecimalMarks marks{first.separator, false, false, false};
  for (const ColumnProof& proof : proofs) {
    marks.groups_with_comma = marks.groups_with_comma || proof.shows_grouping_comma();
    marks.is_point = marks.is_point || proof.shows_decimal_point();
    marks.is_comma = marks.is_comma || proof.shows_decimal_comma();
  }
  table.is_point_open = first.separator != ',' && !marks.is_point;
  for (std::size_t c = 0; c < proofs.size(); ++c) {
    table.columns.push_back(
        proofs[c].column(has_header ? std::string_view(first.rows.front()[c]) : "", marks));
  }
  return table;
}

}  // namespace usagectl
