#include "render/catalogue_render.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "render/csv.hpp"
#include "render/json_text.hpp"
#include "render/markdown.hpp"
#include "render/sheet.hpp"
#include "render/table.hpp"

namespace usagectl {
namespace {

std::string key_of(std::string column) {
  std::replace(column.begin(), column.end(), ' ', '_');
  return column;
}

Sheet sheet_of(const Catalogue& catalogue) {
  Sheet sheet;
  for (const auto& column : catalogue.columns) {
    sheet.columns.push_back({key_of(column), column, Content::text, Weight::needed, false});
  }
  // The last column says in a sentence what the others name.
  if (!sheet.columns.empty()) sheet.columns.back().content = Content::sentence;
  for (const auto& row : catalogue.rows) sheet.rows.emplace_back(row.begin(), row.end());
  return sheet;
}

nlohmann::ordered_json json_of(const Catalogue& catalogue) {
  nlohmann::ordered_json entries = nlohmann::ordered_json::array();
  for (const auto& row : catalogue.rows) {
    nlohmann::ordered_json entry;
    for (std::size_t i = 0; i < row.size(); ++i) entry[key_of(catalogue.columns[i])] = row[i];
    entries.push_back(std::move(entry));
  }
  nlohmann::ordered_json document;
  document["schema"] = catalogue.schema;
  document[catalogue.name] = std::move(entries);
  return document;
}

}  // namespace

std::string render(const Catalogue& catalogue, OutputFormat format, const Style& style) {
  switch (format) {
    case OutputFormat::json: return json_text(json_of(catalogue));
    case OutputFormat::csv: return csv(sheet_of(catalogue));
    case OutputFormat::markdown: return markdown_table(sheet_of(catalogue));
    case OutputFormat::table: break;
  }
  return text_table(sheet_of(catalogue), style);
}

}  // namespace usagectl
