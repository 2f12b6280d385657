#include "render/text/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "render/text/visible_text.hpp"

namespace usagectl {
namespace {

/// Whether a spreadsheet takes the text for a formula and runs it.
/// https://owasp.org/www-community/attacks/CSV_Injection
bool is_formula(std::string_view text) {
  // The wide forms too, which spreadsheets take for the others where these are typed: = + - @
  constexpr std::string_view kMarks[] = {
      "=", "+", "-", "@", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
  const bool is_marked =
      std::any_of(std::begin(kMarks), std::end(kMarks),
                  [text](std::string_view mark) { return text.starts_with(mark); });
  if (!is_marked || text.size() < 2) return false;
  const bool is_number = (text.front() == '-' || text.front() == '+') &&
                         text.find_first_not_of(".0123456789", 1) == std::string_view::npos;
  return !is_number;
}

void append_field(std::string_view text, std::string& out) {
  const bool plain = text.find_first_of(",\"\r\n") == std::string_view::npos &&
                     (text.empty() || (text.front() != ' ' && text.back() != ' '));
  if (plain) {
    out += text;
    return;
  }
  out.push_back('"');
  for (const char c : text) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  out.push_back('"');
}

}  // namespace

void append_csv_text(std::string_view text, std::string& out, Formulas formulas) {
  std::string shown = visible_text(text);
  if (formulas == Formulas::defused && is_formula(shown)) shown.insert(shown.begin(), '\'');
  append_field(shown, out);
}

void append_csv_header(std::span<const Column> columns, std::string& out) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) out.push_back(',');
    append_field(visible_text(columns[i].id), out);
  }
  out.push_back('\n');
}

void append_csv_fields(std::span<const Cell> cells, std::string& out, Formulas formulas) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out.push_back(',');
    switch (cells[i].kind) {
      case Cell::Kind::unknown:
      case Cell::Kind::too_large: break;
      case Cell::Kind::text: append_csv_text(cells[i].text, out, formulas); break;
      case Cell::Kind::money: out += cells[i].amount.text(); break;
      case Cell::Kind::count:
      case Cell::Kind::difference: out += fmt::format_int(cells[i].number).c_str(); break;
    }
  }
}

void append_csv_row(std::span<const Cell> row, std::string& out, Formulas formulas) {
  append_csv_fields(row, out, formulas);
  out.push_back('\n');
}

void write_csv(const SheetView& sheet, Formulas formulas, const TextSink& out) {
  std::string line;
  append_csv_header(sheet.columns(), line);
  out(line);
  for (std::size_t i = 0; i < sheet.rows(); ++i) {
    line.clear();
    append_csv_row(sheet.row(i), line, formulas);
    out(line);
  }
}

std::string csv(const SheetView& sheet, Formulas formulas) {
  return collected([&](const TextSink& out) { write_csv(sheet, formulas, out); });
}

}  // namespace usagectl
