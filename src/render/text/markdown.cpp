#include "render/text/markdown.hpp"

#include <fmt/format.h>

#include "render/text/cell_text.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// An underscore between two letters is not markup, and many names have them.
bool inside_word(std::string_view text, std::size_t at) {
  return at > 0 && at + 1 < text.size() && is_word(text[at - 1]) && is_word(text[at + 1]);
}

std::string row_line(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const auto& cell : cells) line.append(" ").append(cell).append(" |");
  return line.append("\n");
}

std::string markdown_cell(const Cell& cell) { return markdown_text(cell_text(cell)); }

}  // namespace

std::string markdown_text(std::string_view text) {
  const std::string visible = visible_text(text);
  std::string escaped;
  escaped.reserve(visible.size());
  for (std::size_t i = 0; i < visible.size(); ++i) {
    const char c = visible[i];
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '_':
        if (!inside_word(visible, i)) escaped.push_back('\\');
        escaped.push_back(c);
        break;
      case '|':
      case '\\':
      case '`':
      case '*':
      case '[':
      case ']':
      case '~': escaped.push_back('\\'); [[fallthrough]];
      default: escaped.push_back(c);
    }
  }
  return escaped;
}

std::string markdown_table(const SheetView& sheet, std::size_t room) {
  constexpr std::size_t kRoomForTheCut = 200;  // the total row has to fit as well
  const auto shown = shown_columns(sheet);
  if (shown.empty()) return {};

  std::vector<std::string> titles;
  std::string marks = "|";
  for (const std::size_t index : shown) {
    titles.push_back(markdown_text(sheet.columns()[index].title));
    marks += sheet.columns()[index].content == Content::number ? " ---: |" : " --- |";
  }
  std::string table = row_line(titles) + marks + "\n";

  std::string total_line;
  if (sheet.total()) {
    std::vector<std::string> cells;
    for (const std::size_t index : shown) {
      const Cell& cell = (*sheet.total())[index];
      const bool empty =
          cell.kind == Cell::Kind::unknown && sheet.columns()[index].content == Content::text;
      cells.push_back(empty ? std::string() : fmt::format("**{}**", markdown_cell(cell)));
    }
    total_line = row_line(cells);
  }

  std::size_t written = 0;
  for (; written < sheet.rows(); ++written) {
    const Row& row = sheet.row(written);
    std::vector<std::string> cells;
    for (const std::size_t index : shown) cells.push_back(markdown_cell(row[index]));
    const std::string line = row_line(cells);
    if (table.size() + line.size() + total_line.size() + kRoomForTheCut > room) break;
    table += line;
  }
  table += total_line;
  if (const std::size_t missing = sheet.rows() - written; missing > 0) {
    table.append("\n").append(quantity(missing, "more row"));
    table += missing == 1 ? " is" : " are";
    table += " left out here: the text would become too large. The JSON report has all of them.\n";
  }
  return table;
}

}  // namespace usagectl
