#include "render/text/sheet.hpp"

#include <algorithm>

namespace usagectl {

std::vector<std::size_t> shown_columns(const Sheet& sheet) {
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    const Column& column = sheet.columns[i];
    if (column.for_machines) continue;
    const bool something_known =
        std::any_of(sheet.rows.begin(), sheet.rows.end(),
                    [i](const Row& row) { return row[i].kind != Cell::Kind::unknown; });
    const bool is_name = column.content == Content::text && column.weight == Weight::needed;
    if (something_known || is_name) shown.push_back(i);
  }
  return shown;
}

}  // namespace usagectl
