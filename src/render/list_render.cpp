#include "render/list_render.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "render/parts/tool_json.hpp"
#include "render/text/csv.hpp"
#include "render/text/json_text.hpp"
#include "render/text/markdown.hpp"
#include "render/text/sheet.hpp"
#include "render/text/table.hpp"

namespace usagectl {
namespace {

std::string key_of(std::string column) {
  std::replace(column.begin(), column.end(), ' ', '_');
  return column;
}

Sheet sheet_of(const ListOfThings& list) {
  Sheet sheet;
  for (const auto& column : list.columns) {
    sheet.columns.push_back({key_of(column), column, Content::text, Weight::needed, false});
  }
  // The last column is a sentence.
  if (!sheet.columns.empty()) sheet.columns.back().content = Content::sentence;
  for (const auto& row : list.rows) sheet.rows.emplace_back(row.begin(), row.end());
  return sheet;
}

nlohmann::ordered_json json_of(const ListOfThings& list) {
  nlohmann::ordered_json entries = nlohmann::ordered_json::array();
  for (const auto& row : list.rows) {
    nlohmann::ordered_json entry;
    for (std::size_t i = 0; i < row.size(); ++i) entry[key_of(list.columns[i])] = row[i];
    entries.push_back(std::move(entry));
  }
  nlohmann::ordered_json document;
  document["schema"] = list.schema;
  document["tool"] = tool_json();
  document[list.name] = std::move(entries);
  return document;
}

}  // namespace

std::string render(const ListOfThings& list, OutputFormat format, const Style& style) {
  switch (format) {
    case OutputFormat::json: return json_text(json_of(list));
    case OutputFormat::csv: return csv(sheet_of(list), style.formulas);
    case OutputFormat::markdown: return markdown_table(sheet_of(list));
    case OutputFormat::html:  // no list offers it
    case OutputFormat::table: break;
  }
  return whole_text_table(sheet_of(list), style);
}

}  // namespace usagectl
