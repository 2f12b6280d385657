#include "input/containers/delimited_row.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace usagectl {
namespace {

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

}  // namespace

std::string_view DelimitedField::with_single_quotes(std::string& unquoted) const {
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

/// Offset of the separator or line break behind the field, or of the end.
std::size_t DelimitedRows::end_of_field() {
  std::size_t mark = marks_.next();
  // A quote inside a field that does not begin with one is a letter like others.
  while (mark < text_.size() && text_[mark] == '"') mark = marks_.next();
  return mark;
}

/// Takes the field whose quote was the last mark; returns where it ends.
std::size_t DelimitedRows::take_quoted(DelimitedRow& row, DelimitedField& field) {
  field.is_quoted = true;
  const std::size_t begin = at_ + 1;
  std::size_t mark = marks_.next();
  for (;; mark = marks_.next()) {
    if (mark == text_.size()) {
      field.text = text_.substr(begin);
      row.fault = RowFault::open_quote;
      return mark;
    }
    if (text_[mark] == '\n') ++row.line_breaks;
    if (text_[mark] != '"') continue;
    if (mark + 1 == text_.size() || text_[mark + 1] != '"') break;
    field.has_doubled_quotes = true;
    marks_.next();
  }
  field.text = text_.substr(begin, mark - begin);
  const std::size_t end = end_of_field();
  const std::string_view behind = text_.substr(mark + 1, end - mark - 1);
  const bool is_line_end = behind == "\r" && (end == text_.size() || text_[end] == '\n');
  if (!behind.empty() && !is_line_end) row.fault = RowFault::text_behind_quote;
  return end;
}

bool DelimitedRows::next(DelimitedRow& row) {
  row.fields.clear();
  row.line_breaks = 0;
  row.fault = RowFault::none;
  row.is_ended = false;
  if (at_ == text_.size()) return false;
  const std::size_t begin = at_;
  std::size_t end = 0;
  DelimitedField surplus;
  for (;; at_ = end + 1) {
    DelimitedField& field = row.fields.size() < kMostColumns ? row.fields.emplace_back() : surplus;
    end = marks_.next();
    if (end < text_.size() && text_[end] == '"') {
      end = end == at_ ? take_quoted(row, field) : end_of_field();
    }
    const bool is_last = end == text_.size() || text_[end] == '\n';
    if (!field.is_quoted) {
      field.text = text_.substr(at_, end - at_);
      if (is_last && field.text.ends_with('\r')) field.text.remove_suffix(1);
    }
    if (&field == &surplus) row.fault = RowFault::too_many_columns;
    if (is_last) break;
  }
  if (end - begin > kLongestRowBytes) row.fault = RowFault::too_long;
  row.is_ended = end < text_.size();
  if (row.is_ended) ++row.line_breaks;
  at_ = row.is_ended ? end + 1 : end;
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
