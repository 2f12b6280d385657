#include "input/containers/delimited_row.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace usagectl {
namespace {

std::uint64_t line_breaks_in(std::string_view text) {
  return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

/// Offset of the closing quote of a field whose opening quote stands before `from`; npos when there
/// is none.
std::size_t closing_quote(std::string_view text, std::size_t from, bool& has_doubled) {
  for (;;) {
    const auto quote = text.find('"', from);
    if (quote == std::string_view::npos) return quote;
    if (quote + 1 == text.size() || text[quote + 1] != '"') return quote;
    has_doubled = true;
    from = quote + 2;
  }
}

/// Where the field ends that `at` stands in, outside quotes.
std::size_t end_of_field(std::string_view text, std::size_t at, char separator) {
  while (at < text.size() && text[at] != separator && text[at] != '\n') ++at;
  return at;
}

/// Takes the field that begins at `at`; returns where it ends.
std::size_t take_field(std::string_view text, std::size_t at, char separator, DelimitedRow& row,
                       DelimitedField& field) {
  if (at == text.size() || text[at] != '"') {
    const std::size_t end = end_of_field(text, at, separator);
    field.text = text.substr(at, end - at);
    if ((end == text.size() || text[end] == '\n') && field.text.ends_with('\r'))
      field.text.remove_suffix(1);
    return end;
  }
  field.is_quoted = true;
  const std::size_t quote = closing_quote(text, at + 1, field.has_doubled_quotes);
  if (quote == std::string_view::npos) {
    field.text = text.substr(at + 1);
    row.line_breaks += line_breaks_in(field.text);
    row.fault = RowFault::open_quote;
    return text.size();
  }
  field.text = text.substr(at + 1, quote - at - 1);
  row.line_breaks += line_breaks_in(field.text);
  const std::size_t end = end_of_field(text, quote + 1, separator);
  const std::string_view behind = text.substr(quote + 1, end - quote - 1);
  const bool is_line_end = behind == "\r" && (end == text.size() || text[end] == '\n');
  if (!behind.empty() && !is_line_end) row.fault = RowFault::text_behind_quote;
  return end;
}

}  // namespace

std::string_view DelimitedField::value(std::string& unquoted) const {
  if (!has_doubled_quotes) return text;
  unquoted.clear();
  std::string_view rest = text;
  for (;;) {
    const auto quote = rest.find('"');
    unquoted.append(rest.substr(0, quote));
    if (quote == std::string_view::npos) return unquoted;
    unquoted.push_back('"');
    rest.remove_prefix(std::min(quote + 2, rest.size()));
  }
}

std::string described(RowFault fault) {
  switch (fault) {
    case RowFault::open_quote: return "has a quote that is never closed";
    case RowFault::text_behind_quote: return "has text behind a closing quote";
    case RowFault::too_many_columns: return fmt::format("has more than {} fields", kMostColumns);
    case RowFault::too_long:
      return fmt::format("is longer than {} MiB", kLongestRowBytes / 1024 / 1024);
    case RowFault::unended: return "does not end in the first bytes of the file";
    case RowFault::none: break;
  }
  return {};
}

bool take_row(std::string_view& text, char separator, DelimitedRow& row) {
  row.fields.clear();
  row.line_breaks = 0;
  row.fault = RowFault::none;
  row.is_ended = false;
  if (text.empty()) return false;
  std::size_t at = 0;
  for (;;) {
    DelimitedField field;
    at = take_field(text, at, separator, row, field);
    if (row.fields.size() < kMostColumns) {
      row.fields.push_back(field);
    } else {
      row.fault = RowFault::too_many_columns;
    }
    if (at == text.size() || text[at] == '\n') break;
    ++at;
  }
  if (at > kLongestRowBytes) row.fault = RowFault::too_long;
  row.is_ended = at < text.size();
  if (row.is_ended) {
    ++at;
    ++row.line_breaks;
  }
  text.remove_prefix(at);
  return true;
}

std::size_t whole_rows_bytes(std::string_view text, char separator) {
  std::size_t whole = 0;
  std::size_t at = 0;  // outside quotes
  for (;;) {
    const std::size_t quote = text.find('"', at);
    const std::string_view outside = text.substr(at, quote - at);
    if (const auto line_break = outside.rfind('\n'); line_break != std::string_view::npos)
      whole = at + line_break + 1;
    if (quote == std::string_view::npos) return whole;
    const bool opens = quote == 0 || text[quote - 1] == separator || text[quote - 1] == '\n';
    if (!opens) {
      at = quote + 1;
      continue;
    }
    bool has_doubled = false;
    const std::size_t closing = closing_quote(text, quote + 1, has_doubled);
    // A quote that ends the text may be the first of two.
    if (closing == std::string_view::npos || closing + 1 == text.size()) return whole;
    at = closing + 1;
  }
}

}  // namespace usagectl
