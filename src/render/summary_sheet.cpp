#include "render/summary_sheet.hpp"

#include <algorithm>
#include <map>

#include "render/parts/counter_columns.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

Cell sum_cell(const Tally& tally, Counter counter) {
  return tally.overflows(counter) ? Cell::too_large() : Cell(tally.sum_of(counter));
}

Cell number_cell(std::uint64_t number) { return Cell(static_cast<Count>(number)); }

Row row_of(const GroupKey& key, const Tally& tally) {
  Row row;
  for (const auto& value : key) row.push_back(value ? Cell(*value) : Cell());
  row.push_back(number_cell(tally.records));
  for (const auto& column : kCounterColumns) row.push_back(sum_cell(tally, column.counter));
  for (const auto& column : kCounterColumns)
    row.push_back(number_cell(tally.known_of(column.counter)));
  return row;
}

std::vector<Column> columns_of(const std::vector<std::string>& by, const Tally& total) {
  std::vector<Column> columns;
  for (const auto& name : by) {
    std::string title = name;
    std::replace(title.begin(), title.end(), '_', ' ');
    columns.push_back({name, title});
  }
  // Where requests are known, records would only repeat them.
  const bool requests_known = total.known_of(Counter::requests) > 0;
  columns.push_back({"records", "records", Content::number, Weight::main, requests_known});
  const bool total_known = total.known_of(Counter::total) > 0;
  for (const auto& [counter, title, weight] : kCounterColumns) {
    const bool stands_for_total = !total_known && counter == Counter::output;
    columns.push_back({std::string(name_of(counter)), std::string(title), Content::number,
                       stands_for_total ? Weight::needed : weight});
  }
  for (const auto& column : kCounterColumns) {
    const std::string id = "known_" + std::string(name_of(column.counter));
    columns.push_back({id, id, Content::number, Weight::detail, true});
  }
  return columns;
}

}  // namespace

Tally tally_of(const Breakdown& breakdown) {
  Tally sum;
  for (const auto& group : breakdown.groups) sum.merge(group.tally);
  sum.merge(breakdown.rest);
  return sum;
}

Sheet summary_sheet(const Breakdown& breakdown, const Tally& total) {
  Sheet sheet{columns_of(breakdown.by, total), {}, std::nullopt};
  for (const auto& group : breakdown.groups) sheet.rows.push_back(row_of(group.key, group.tally));
  if (breakdown.rest_groups > 0) {
    GroupKey label(breakdown.by.size());
    if (!label.empty()) label.front() = number_text(breakdown.rest_groups) + " more";
    sheet.rows.push_back(row_of(label, breakdown.rest));
  }
  if (sheet.rows.size() > 1) {
    GroupKey label(breakdown.by.size());
    if (!label.empty()) label.front() = "total";
    sheet.total = row_of(label, total);
  }
  return sheet;
}

std::vector<std::string> footnotes(const Tally& tally) {
  std::map<std::uint64_t, std::vector<std::string>, std::greater<>> partly_known;
  std::vector<std::string> too_large;
  std::map<std::uint64_t, std::vector<std::string>, std::greater<>> open;
  for (const auto& [counter, title, weight] : kCounterColumns) {
    // Not every entity has a chain, so a record without one lacks nothing.
    if (counter == Counter::chain_length) continue;
    const auto known = tally.known_of(counter);
    if (const auto records = tally.open_of(counter); records > 0) {
      open[records].emplace_back(title);
      continue;
    }
    if (known > 0 && known < tally.records) partly_known[known].emplace_back(title);
    if (tally.overflows(counter)) too_large.emplace_back(title);
  }
  std::vector<std::string> notes;
  for (const auto& [known, names] : partly_known) {
    const bool singular = names.size() == 1 && names.front().back() != 's';
    notes.push_back(enumerated(names) + (singular ? " is" : " are") + " known for " +
                    number_text(known) + " of " + quantity(tally.records, "record"));
  }
  for (const auto& [records, names] : open) {
    const bool singular = names.size() == 1 && names.front().back() != 's';
    notes.push_back(enumerated(names) + (singular ? " is" : " are") +
                    " reported but not understood in " + quantity(records, "record"));
  }
  if (!too_large.empty()) {
    notes.push_back("the sum of " + enumerated(too_large) + " does not fit in 64 bits");
  }
  return notes;
}

}  // namespace usagectl
