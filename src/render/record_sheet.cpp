#include "render/record_sheet.hpp"

#include "render/parts/counter_columns.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

Cell text_cell(std::string_view text) { return text.empty() ? Cell() : Cell(text); }

std::string scope_text(const std::vector<ScopeEntry>& scope) {
  std::vector<std::string> entries;
  for (const auto& [key, value] : scope) entries.push_back(std::string(key) + "=" + value);
  return joined(entries, ";");
}

}  // namespace

Sheet record_sheet() {
  const auto text = [](std::string_view id, Weight weight, bool for_machines = false) {
    return Column{std::string(id), std::string(id), Content::text, weight, for_machines};
  };
  Sheet sheet;
  sheet.columns = {
      text("file", Weight::needed),          {"line", "line", Content::number, Weight::needed},
      text("pointer", Weight::needed),       text("format", Weight::detail, true),
      text("dialect", Weight::detail, true), text("role", Weight::detail),
      text("id", Weight::detail, true),      text("model", Weight::useful),
      text("time", Weight::detail, true),    text("scope", Weight::detail, true)};
  for (const auto& [counter, title, weight] : kCounterColumns) {
    sheet.columns.push_back(
        {std::string(name_of(counter)), std::string(title), Content::number, weight});
  }
  sheet.columns.push_back({"cost", "cost", Content::number, Weight::useful});
  sheet.columns.push_back(text("cost_currency", Weight::useful));
  sheet.columns.back().title = "currency";
  sheet.columns.push_back(text("bucket", Weight::needed));
  sheet.columns.push_back(text("reason", Weight::detail));
  return sheet;
}

Row record_head(const UsageRecord& record, std::string_view file) {
  const auto line = static_cast<Count>(record.place.line);
  return {Cell(file),
          line == 0 ? Cell() : Cell(line),
          Cell(record.place.pointer),
          text_cell(record.format),
          text_cell(record.dialect),
          text_cell(name_of(record.role)),
          text_cell(record.id),
          text_cell(record.model),
          text_cell(record.time),
          text_cell(scope_text(record.scope))};
}

Row record_counts(const Counts& counts) {
  Row row;
  for (const auto& column : kCounterColumns) row.emplace_back(counts[column.counter]);
  return row;
}

Row record_cost(const CostOfRecord& cost) {
  if (cost == nullptr) return {Cell(), Cell()};
  return {Cell::money(cost->amount.money), text_cell(cost->currency.code())};
}

Row record_use(const RecordUse* use) {
  if (use == nullptr) return {Cell(), Cell()};
  return {text_cell(name_of(use->bucket)), text_cell(use->reason)};
}

Row record_row(const UsageRecord& record, std::string_view file, const RecordUse* use) {
  Row row = record_head(record, file);
  for (const Row& part : {record_counts(record.counts), record_cost(record.cost), record_use(use)})
    row.insert(row.end(), part.begin(), part.end());
  return row;
}

}  // namespace usagectl
