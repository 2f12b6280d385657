#include "render/html/html_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "render/html/html_page.hpp"
#include "render/text/cell_text.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kShort = 36;

bool is_number(const Column& column) { return column.content == Content::number; }

/// Names stay on one line where all of their column are short enough for it: the columns where they
/// are not.
std::vector<bool> columns_of_long_names(const SheetView& sheet) {
  std::vector<bool> are_long(sheet.columns().size());
  for (std::size_t at = 0; at < sheet.rows(); ++at) {
    const Row& row = sheet.row(at);
    for (std::size_t i = 0; i < row.size(); ++i)
      if (row[i].text.size() > kShort) are_long[i] = true;
  }
  return are_long;
}

/// The class of a column in the style sheet.
std::string class_of(const Column& column, bool is_long) {
  switch (column.content) {
    case Content::number: return "n";
    case Content::sentence: return "sentence";
    case Content::pointer:
    case Content::text: break;
  }
  return is_long ? "long" : "short";
}

/// Nothing to say is no unknown number.
Html text_of(const Cell& cell, const Column& column) {
  const bool is_blank = cell.kind == Cell::Kind::unknown && column.content == Content::sentence;
  if (is_blank) return {};
  const bool is_name = column.content == Content::text && cell.text.size() > kShort;
  return is_name ? Html::path(cell_text(cell)) : Html::text(cell_text(cell));
}

/// The picture comes behind the last name in front of the first number.
std::size_t place_of_picture(const SheetView& sheet, const std::vector<std::size_t>& shown) {
  const auto number = std::find_if(shown.begin(), shown.end(), [&](std::size_t index) {
    return is_number(sheet.columns()[index]);
  });
  return static_cast<std::size_t>(number - shown.begin());
}

Html header_cell(std::string_view title, XmlAttributes attributes) {
  attributes.insert(attributes.begin(), {"scope", "col"});
  return Html::element("th", attributes, title);
}

Html total_row(const SheetView& sheet, const std::vector<std::size_t>& shown,
               const std::vector<XmlAttributes>& attributes, bool has_picture,
               std::size_t picture_at) {
  Html cells;
  for (std::size_t i = 0; i <= shown.size(); ++i) {
    if (has_picture && i == picture_at) cells += Html::element("td", {}, Html());
    if (i == shown.size()) break;
    const Column& column = sheet.columns()[shown[i]];
    const Cell& cell = (*sheet.total())[shown[i]];
    const bool empty = !is_number(column) && cell.kind == Cell::Kind::unknown;
    const Html text = empty ? Html() : Html::text(cell_text(cell));
    const bool is_name = i == 0 && !is_number(column);
    cells += is_name ? Html::element("th", {{"scope", "row"}}, text)
                     : Html::element("td", attributes[i], text);
  }
  return Html::element("tfoot", {}, Html::element("tr", {}, cells));
}

}  // namespace

Html html_table(const SheetView& sheet, const HtmlTable& options) {
  const std::vector<std::size_t> shown = shown_columns(sheet);
  if (shown.empty()) return {};
  const bool has_picture = static_cast<bool>(options.picture);
  const std::size_t picture_at = place_of_picture(sheet, shown);
  const auto add_picture = [&](Html& cells, std::size_t at, const Html& picture) {
    if (has_picture && at == picture_at) cells += picture;
  };

  std::vector<XmlAttributes> attributes;
  const std::vector<bool> are_long = columns_of_long_names(sheet);
  for (const std::size_t column : shown)
    attributes.push_back({{"class", class_of(sheet.columns()[column], are_long[column])}});
  Html titles;
  for (std::size_t i = 0; i <= shown.size(); ++i) {
    add_picture(titles, i, header_cell(options.picture_title, {{"class", "picture"}}));
    if (i < shown.size()) {
      const Column& column = sheet.columns()[shown[i]];
      titles += header_cell(column.title, is_number(column) ? attributes[i] : XmlAttributes());
    }
  }
  Html rows;
  std::size_t written = 0;
  for (; written < sheet.rows() && rows.size() < options.room; ++written) {
    const Row& row = sheet.row(written);
    Html cells;
    for (std::size_t i = 0; i <= shown.size(); ++i) {
      if (has_picture && i == picture_at)
        cells += Html::element("td", {{"class", "picture"}}, options.picture(written));
      if (i == shown.size()) break;
      const Column& column = sheet.columns()[shown[i]];
      Html content = options.content ? options.content(written, shown[i]) : Html();
      if (content.empty()) content = text_of(row[shown[i]], column);
      const bool is_name = i == 0 && !is_number(column);
      cells += is_name ? Html::element("th", {{"scope", "row"}, attributes[i].front()}, content)
                       : Html::element("td", attributes[i], content);
    }
    rows += Html::element("tr", {}, cells);
  }
  Html table = Html::element("caption", options.caption);
  table += Html::element("thead", {}, Html::element("tr", {}, titles));
  table += Html::element("tbody", {}, rows);
  if (sheet.total()) table += total_row(sheet, shown, attributes, has_picture, picture_at);
  Html html = Html::element("div",
                            {{"class", "scroll"},
                             {"role", "group"},
                             {"tabindex", "0"},
                             {"aria-label", std::string(options.caption)}},
                            Html::element("table", {}, table));
  if (const std::size_t more = sheet.rows() - written; more > 0) {
    html += html_paragraph(fmt::format("{} {} left out here; the JSON report has all of them",
                                       quantity(more, "more row"), more == 1 ? "is" : "are"),
                           "note");
  }
  return html;
}

}  // namespace usagectl
