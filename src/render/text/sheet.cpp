#include "render/text/sheet.hpp"

#include <utility>

namespace usagectl {

SheetView::SheetView(const Sheet& sheet)
    : columns_(&sheet.columns),
      total_(&sheet.total),
      rows_(sheet.rows.size()),
      row_([&sheet](std::size_t at) -> const Row& { return sheet.rows[at]; }) {}

SheetView::SheetView(const MadeSheet& sheet)
    : columns_(&sheet.columns),
      total_(&sheet.total),
      rows_(sheet.rows),
      row_([&sheet, made = std::make_shared<Row>()](std::size_t at) -> const Row& {
        return *made = sheet.row(at);
      }) {}

bool is_always_shown(const Column& column) {
  return !column.for_machines && column.content == Content::text && column.weight == Weight::needed;
}

std::vector<std::size_t> shown_columns(const SheetView& sheet) {
  const std::vector<Column>& columns = sheet.columns();
  std::vector<bool> is_shown(columns.size());
  std::size_t open = 0;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].for_machines) continue;
    is_shown[i] = is_always_shown(columns[i]);
    if (!is_shown[i]) ++open;
  }
  for (std::size_t at = 0; at < sheet.rows() && open > 0; ++at) {
    const Row& row = sheet.row(at);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (is_shown[i] || columns[i].for_machines || row[i].kind == Cell::Kind::unknown) continue;
      is_shown[i] = true;
      --open;
    }
  }
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (is_shown[i]) shown.push_back(i);
  }
  return shown;
}

}  // namespace usagectl
