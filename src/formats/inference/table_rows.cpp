#include "formats/inference/table_rows.hpp"

#include <algorithm>

#include "dialects/usage_words.hpp"
#include "input/json/json_time.hpp"

namespace usagectl {
namespace {

std::vector<std::string> texts_in(const Json& list) {
  std::vector<std::string> texts;
  bool all = true;
  list.each_item([&](std::size_t, const Json& item) {
    all = all && item.is_text();
    texts.emplace_back(item.text());
  });
  return all ? texts : std::vector<std::string>();
}

std::optional<TableColumns> by_names(const std::vector<std::string>& names, std::size_t headings) {
  TableColumns columns;
  columns.headings = headings;
  bool has_input = false;
  bool has_output = false;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (const auto counter = counter_named(names[i]);
        counter && !counter->is_running && !names_no_usage(names[i])) {
      columns.counters.emplace_back(counter->quantity, i);
      has_input = has_input || counter->quantity == Quantity::input;
      has_output = has_output || counter->quantity == Quantity::output;
    } else if (const auto tells = field_named(names[i]); !tells.empty()) {
      columns.fields.emplace_back(tells, i);
    }
  }
  if (!has_input || !has_output) return std::nullopt;
  return columns;
}

/// What all rows have in one column.
struct Column {
  bool counts = true;
  bool times = true;
  bool texts = true;
  bool models = true;
};

bool is_time(const Json& value) {
  if (value.is_text())
    return !utc_time(value).empty() || looks_like_day(value.text().substr(0, 10));
  constexpr double kYear2001 = 1e9;
  const auto seconds = value.real();
  return value.is_number() && seconds && *seconds >= kYear2001 && !utc_time(value).empty();
}

}  // namespace

std::vector<std::string> column_names(const Json& object) {
  for (const std::string_view key : {"columns", "header", "headers", "fields"}) {
    if (auto names = texts_in(object[key]); !names.empty()) return names;
  }
  return {};
}

std::optional<TableColumns> read_table_columns(const Json& rows,
                                               const std::vector<std::string>& names, bool speaks) {
  if (!names.empty()) return by_names(names, 0);
  std::vector<Column> columns;
  std::vector<std::string> first;
  bool is_even = true;
  std::vector<std::vector<Count>>
      counts;  // of the first rows, to see whether one column is the sum of two
  rows.each_item([&](std::size_t index, const Json& row) {
    if (index == 0) {
      columns.resize(row.size());
      first = texts_in(row);
      if (!first.empty()) return;
    }
    is_even = is_even && row.size() == columns.size();
    if (!is_even) return;
    std::vector<Count> numbers;
    row.each_item([&](std::size_t i, const Json& cell) {
      const auto count = read_count(cell).count;
      columns[i].counts = columns[i].counts && count.has_value();
      columns[i].times = columns[i].times && is_time(cell);
      columns[i].texts = columns[i].texts && cell.is_text();
      columns[i].models = columns[i].models && looks_like_model(cell.text());
      numbers.push_back(count.value_or(0));
    });
    counts.push_back(std::move(numbers));
  });
  if (!is_even || columns.empty()) return std::nullopt;
  if (!first.empty()) {
    if (const auto named = by_names(first, 1)) return named;
    if (!std::all_of(columns.begin(), columns.end(),
                     [](const Column& column) { return column.texts; }) &&
        counts.empty())
      return std::nullopt;
  }
  if (!speaks || counts.empty()) return std::nullopt;
  TableColumns found;
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].times) {
      found.fields.emplace_back("time", i);
    } else if (columns[i].counts) {
      numbers.push_back(i);
    } else if (columns[i].models) {
      found.fields.emplace_back("model", i);
    } else if (!columns[i].texts) {
      return std::nullopt;  // fractions: no counts, and nobody says what they are
    }
  }
  if (numbers.size() == 3) {
    const bool adds_up =
        std::all_of(counts.begin(), counts.end(), [&](const std::vector<Count>& row) {
          return (ExactSum(row[numbers[0]]) += row[numbers[1]]) == ExactSum(row[numbers[2]]);
        });
    if (!adds_up) return std::nullopt;
    found.counters.emplace_back(Quantity::total, numbers[2]);
  } else if (numbers.size() != 2) {
    return std::nullopt;
  }
  found.counters.insert(found.counters.begin(),
                        {{Quantity::input, numbers[0]}, {Quantity::output, numbers[1]}});
  return found;
}

}  // namespace usagectl
