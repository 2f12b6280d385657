#include "capture/tables/metric_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/paths.hpp"
#include "capture/places.hpp"
#include "dialects/row_words.hpp"
#include "dialects/usage_words.hpp"
#include "input/containers/column_kind.hpp"
#include "input/containers/json_text.hpp"
#include "input/json/json_parser.hpp"
#include "input/text_lines.hpp"
#include "model/count.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kMostRows = 4096;
constexpr std::size_t kMostColumns = 64;
constexpr std::size_t kLongestName = 64;

/// What two columns of one table say of each other, and no usage.
constexpr std::array<std::string_view, 9> kChanges = {"change",   "diff",        "difference",
                                                      "delta",    "improvement", "reduction",
                                                      "increase", "growth",      "trend"};
constexpr std::array<std::string_view, 5> kValues = {"value", "values", "val", "amount", "count"};
/// Beside statistics: how many numbers they are of.
constexpr std::array<std::string_view, 6> kNumbersOf = {"count", "n",       "num",
                                                        "rows",  "samples", "observations"};

struct Cell {
  std::string key;
  std::string json;
  std::string text;  ///< of a text
  std::optional<Count> count;
  bool is_number = false;
};

struct Row {
  std::uint64_t line = 0;
  std::vector<Cell> cells;

  const Cell* cell(std::string_view key) const {
    const auto found =
        std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) { return cell.key == key; });
    return found == cells.end() ? nullptr : &*found;
  }
};

bool has_word(std::string_view name, const auto& list) {
  const auto words = words_of(name);
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(list.begin(), list.end(), word) != list.end();
  });
}

/// "1,234" of a table with other numbers in the same column, which do not show what the comma is.
std::optional<Count> grouped_count(std::string_view text) {
  constexpr std::size_t kMostDigits = 18;
  if (text.size() > kMostDigits || text.starts_with('-') || !is_grouped_number(text, ','))
    return {};
  Count count = 0;
  for (const char c : text) {
    if (c != ',') count = count * 10 + (c - '0');
  }
  return count;
}

std::optional<Row> row_of(const Json& object, std::uint64_t line) {
  if (!object.is_object() || object.size() > kMostColumns) return {};
  Row row;
  row.line = line;
  bool is_flat = true;
  object.each_member([&](std::string_view key, const Json& value) {
    Cell cell;
    cell.key = key;
    if (value.is_number()) {
      cell.is_number = true;
      cell.count = read_count(value).count;
      cell.json = cell.count                     ? std::to_string(*cell.count)
                  : !value.wide_number().empty() ? std::string(value.wide_number())
                                                 : fmt::format("{}", value.real().value_or(0));
    } else if (value.is_text()) {
      cell.text = value.text();
      append_raw_json_string(cell.text, cell.json);
    } else if (value.is_null() || value.is_bool()) {
      cell.json = value.is_null() ? "null" : *value.boolean() ? "true" : "false";
    } else {
      is_flat = false;
    }
    row.cells.push_back(std::move(cell));
  });
  if (!is_flat) return {};
  return row;
}

/// The quantity that the name of a metric counts.
std::optional<Quantity> counted_by(std::string_view name, bool speaks) {
  if (name.size() > kLongestName) return {};
  const auto counter = counter_named(name);
  if (!counter || counter->is_running || !(counter->says_tokens || speaks) ||
      names_no_usage(name) || names_other_unit(name) || names_average(name))
    return {};
  return counter->quantity;
}

/// A row of a call, with a column for each counter.
bool has_counters(const Row& row) {
  return std::any_of(row.cells.begin(), row.cells.end(), [](const Cell& cell) {
    const auto counter = counter_named(cell.key);
    return counter && counter->quantity != Quantity::total;
  });
}

class Metrics {
 public:
  Metrics(std::vector<Row> rows, bool speaks) : rows_(std::move(rows)), speaks_(speaks) {}

  std::optional<MetricRows> turned() {
    if (!find_names() || !find_columns()) return {};
    if (auto by_label = records_by(labels_)) return by_label;
    if (labels_.empty()) return {};
    return records_by({});
  }

 private:
  struct Record {
    std::vector<std::string> labels;
    std::string column;
    std::uint64_t line = 0;
    bool has_input = false;
    bool has_output = false;
    std::vector<std::pair<std::string, std::string>> metrics;
  };

  const std::string& name_of_row(const Row& row) const { return row.cell(names_)->text; }
  std::optional<Quantity> counted_in(const Row& row) const {
    return counted_by(name_of_row(row), speaks_);
  }

  /// The one column with names of metrics, input and output among them.
  bool find_names() {
    std::size_t found = 0;
    for (const Cell& first : rows_.front().cells) {
      bool has_input = false;
      bool has_output = false;
      const bool are_names = std::all_of(rows_.begin(), rows_.end(), [&](const Row& row) {
        const Cell* const cell = row.cell(first.key);
        if (cell == nullptr || cell->text.empty()) return false;
        const auto quantity = counted_by(cell->text, speaks_);
        has_input = has_input || quantity == Quantity::input;
        has_output = has_output || quantity == Quantity::output;
        return true;
      });
      if (!are_names || !has_input || !has_output) continue;
      names_ = first.key;
      ++found;
    }
    return found == 1;
  }

  /// Which columns hold the values, and which say whose they are.
  bool find_columns() {
    std::vector<const Row*> counters;
    for (const Row& row : rows_) {
      if (counted_in(row)) counters.push_back(&row);
    }
    bool any_statistic = false;
    std::vector<std::string> keys;
    for (const Row* const row : counters) {
      for (const Cell& cell : row->cells) {
        if (cell.key != names_ && std::find(keys.begin(), keys.end(), cell.key) == keys.end())
          keys.push_back(cell.key);
      }
    }
    for (const std::string& key : keys) {
      const bool are_numbers = std::all_of(counters.begin(), counters.end(), [&](const Row* row) {
        const Cell* const cell = row->cell(key);
        return cell == nullptr || cell->json == "null" || cell->is_number;
      });
      if (!are_numbers || key.empty() || !field_named(key).empty() || names_number_of_calls(key)) {
        labels_.push_back(key);
      } else if (statistic_called(key) != Statistic::none || names_no_usage(key) ||
                 words_of(key).empty() || has_word(key, kChanges)) {
        any_statistic = true;
      } else {
        values_.push_back(key);
      }
    }
    if (any_statistic) {
      std::erase_if(values_, [](const auto& key) { return has_word(key, kNumbersOf); });
      keep_only_sum();
    }
    keep_only_value();
    return !values_.empty() && leave_out_total(counters);
  }

  /// Beside statistics, a column of sums is what was used: "valueSum", "valueMax".
  void keep_only_sum() {
    const auto is_sum = [](const std::string& key) {
      return has_word(key, std::array<std::string_view, 1>{"sum"});
    };
    if (std::count_if(values_.begin(), values_.end(), is_sum) == 1)
      std::erase_if(values_, [&](const auto& key) { return !is_sum(key); });
  }

  /// Beside a column that is called "value" or "tokens", others are no values: "step".
  void keep_only_value() {
    const auto is_value = [](const std::string& key) {
      return has_word(key, kValues) || speaks_of_tokens(key);
    };
    if (std::count_if(values_.begin(), values_.end(), is_value) != 1) return;
    const auto others = std::stable_partition(values_.begin(), values_.end(), is_value);
    labels_.insert(labels_.end(), others, values_.end());
    values_.erase(others, values_.end());
  }

  /// A column that is called a total and is the sum of the others. One that is not leaves open what
  /// it sums up.
  bool leave_out_total(const std::vector<const Row*>& counters) {
    if (values_.size() == 1) return true;
    const auto total = std::find_if(values_.begin(), values_.end(), [](const std::string& key) {
      return is_called_total(key) || words_of(key) == std::vector<std::string>{"sum"};
    });
    if (total == values_.end()) return true;
    const bool are_sums = std::all_of(counters.begin(), counters.end(), [&](const Row* row) {
      ExactSum sum;
      for (const std::string& key : values_) {
        const Cell* const cell = row->cell(key);
        if (key != *total && cell != nullptr) sum += cell->count.value_or(0);
      }
      const Cell* const cell = row->cell(*total);
      return cell != nullptr && cell->count && sum.count() == cell->count;
    });
    if (are_sums) values_.erase(total);
    return are_sums;
  }

  static bool has_metric(const Record& record, std::string_view name) {
    return std::any_of(record.metrics.begin(), record.metrics.end(),
                       [&](const auto& metric) { return metric.first == name; });
  }

  /// The record that has these labels, and not yet a metric of that name.
  static Record& record_without(std::string_view name, std::vector<Record>& records,
                                std::vector<std::string>&& labels, const std::string& column) {
    for (Record& record : records) {
      if (record.labels == labels && record.column == column && !has_metric(record, name))
        return record;
    }
    Record& record = records.emplace_back();
    record.labels = std::move(labels);
    record.column = column;
    return record;
  }

  std::optional<MetricRows> records_by(const std::vector<std::string>& by) const {
    std::vector<Record> records;
    for (const Row& row : rows_) {
      const auto quantity = counted_in(row);
      for (const std::string& column : values_) {
        const Cell* const value = row.cell(column);
        if (value == nullptr) continue;
        if (quantity && !value->count && value->json != "null") return {};
        std::vector<std::string> labels;
        for (const std::string& key : by) {
          const Cell* const label = row.cell(key);
          labels.push_back(label == nullptr ? std::string() : label->json);
        }
        const std::string& name = name_of_row(row);
        const bool is_known =
            std::any_of(records.begin(), records.end(), [&](const Record& record) {
              return record.labels == labels && record.column == column && has_metric(record, name);
            });
        // Tokens of a kind are added up, and what a metric is at another time may hold what it was.
        const bool is_kind = quantity && !counter_named(name)->says_tokens;
        if (is_known && quantity && !is_kind) return {};
        if (is_known && !quantity) continue;
        Record& record = record_without(name, records, std::move(labels), column);
        if (quantity && record.line == 0) record.line = row.line;
        record.has_input = record.has_input || quantity == Quantity::input;
        record.has_output = record.has_output || quantity == Quantity::output;
        record.metrics.emplace_back(name, value->json);
      }
    }
    std::erase_if(records, [](const Record& record) { return record.line == 0; });
    const bool is_any_whole = std::any_of(records.begin(), records.end(), [](const Record& record) {
      return record.has_input && record.has_output;
    });
    if (!is_any_whole) return {};
    return written(records, by);
  }

  /// What the names of several columns of values are.
  std::string_view name_of_columns() const {
    const auto all = [&](auto&& is) { return std::all_of(values_.begin(), values_.end(), is); };
    if (all([](const auto& key) { return looks_like_day(key); })) return "date";
    return all([](const auto& key) { return looks_like_model(key); }) ? "model" : "name";
  }

  MetricRows written(const std::vector<Record>& records, const std::vector<std::string>& by) const {
    MetricRows turned;
    for (const Record& record : records) {
      std::string& json = turned.json_lines;
      json.push_back('{');
      bool is_first = true;
      const auto add = [&](std::string_view key, std::string_view value) {
        if (value.empty()) return;
        if (!is_first) json.push_back(',');
        is_first = false;
        append_raw_json_string(key, json);
        json.push_back(':');
        json += value;
      };
      for (std::size_t i = 0; i < by.size(); ++i) add(by[i], record.labels[i]);
      if (values_.size() > 1) {
        std::string name;
        append_raw_json_string(record.column, name);
        add(name_of_columns(), name);
      }
      for (const auto& [name, value] : record.metrics) {
        const auto quantity = counted_by(name, speaks_);
        const bool is_kind = quantity && !counter_named(name)->says_tokens;
        add(is_kind ? name + " tokens" : name, value);
        if (&record == &records.front()) turned.names.push_back(name);
      }
      json += "}\n";
      turned.lines.push_back(record.line);
    }
    return turned;
  }

  std::vector<Row> rows_;
  bool speaks_ = false;
  std::string names_;  ///< the column with names of metrics
  std::vector<std::string> labels_;
  std::vector<std::string> values_;
};

}  // namespace

std::optional<MetricRows> metric_rows(std::string_view json_lines, const FileContext& file,
                                      JsonParser& parser) {
  std::vector<Row> rows;
  bool is_table = true;
  each_line(json_lines, [&](std::uint64_t number, std::string_view text) {
    if (!is_table || text.empty()) return;
    const ParsedJson parsed = parser.parse_copy(text);
    auto row = parsed.fault || rows.size() >= kMostRows ? std::optional<Row>()
                                                        : row_of(parsed.root, number);
    // Most tables have a column for each counter.
    is_table = row.has_value() && (!rows.empty() || !has_counters(*row));
    if (is_table) rows.push_back(std::move(*row));
  });
  if (!is_table || rows.size() < 2) return {};
  const bool speaks = speaks_of_tokens(base_name(file.path)) ||
                      std::any_of(rows.front().cells.begin(), rows.front().cells.end(),
                                  [](const Cell& cell) { return speaks_of_tokens(cell.key); });
  // Grouped digits are those of a count where the metric says so.
  for (Row& row : rows) {
    const bool is_counter = std::any_of(row.cells.begin(), row.cells.end(), [&](const Cell& cell) {
      return counted_by(cell.text, speaks).has_value();
    });
    for (Cell& cell : row.cells) {
      const auto count = is_counter ? grouped_count(cell.text) : std::nullopt;
      if (!count) continue;
      cell.count = count;
      cell.is_number = true;
      cell.json = std::to_string(*count);
    }
  }
  return Metrics(std::move(rows), speaks).turned();
}

std::vector<std::string_view> rows_of(const std::vector<TableInText>& tables,
                                      std::string_view json_lines) {
  std::vector<std::size_t> starts = {0};
  for (std::size_t at = 0; (at = json_lines.find('\n', at)) != std::string_view::npos;)
    starts.push_back(++at);
  if (starts.back() < json_lines.size()) starts.push_back(json_lines.size());
  const auto start_of = [&](std::uint64_t line) {
    return starts[std::min(static_cast<std::size_t>(line), starts.size()) - 1];
  };
  std::vector<std::string_view> rows;
  for (const TableInText& table : tables) {
    const std::size_t begin = start_of(table.first_line);
    rows.push_back(json_lines.substr(begin, start_of(table.last_line + 1) - begin));
  }
  return rows;
}

std::string without(const std::vector<std::string_view>& rows, std::string_view json_lines) {
  std::string others;
  const char* at = json_lines.data();
  for (const std::string_view taken : rows) {
    others.append(at, taken.data());
    others.append(static_cast<std::size_t>(std::count(taken.begin(), taken.end(), '\n')), '\n');
    at = taken.data() + taken.size();
  }
  return others.append(at, json_lines.data() + json_lines.size());
}

std::vector<std::uint64_t> turn_metric_tables(std::string& json_lines,
                                              std::vector<TableInText>& tables,
                                              const FileContext& file, JsonParser& parser) {
  std::vector<std::uint64_t> lines;
  std::vector<std::string_view> taken;
  std::string behind;
  const std::vector<std::string_view> rows = rows_of(tables, json_lines);
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const auto turned = metric_rows(rows[i], file, parser);
    if (!turned) continue;
    TableInText& table = tables[i];
    taken.push_back(rows[i]);
    behind += turned->json_lines;
    for (const std::uint64_t line : turned->lines) lines.push_back(table.first_line - 1 + line);
    table.is_by_metric = true;
    table.columns = turned->names;
    table.columns.insert(table.columns.begin(), "metric");
  }
  if (taken.empty()) return {};
  json_lines = without(taken, json_lines);
  if (!json_lines.ends_with('\n')) json_lines.push_back('\n');
  json_lines += behind;
  return lines;
}

void place_in_text(std::uint64_t lines_of_text, const std::vector<std::uint64_t>& lines,
                   Observations& observations) {
  if (lines.empty()) return;
  each_place(observations, [&](Place& place) {
    if (place.line > lines_of_text && place.line - lines_of_text <= lines.size())
      place.line = lines[static_cast<std::size_t>(place.line - lines_of_text) - 1];
  });
}

}  // namespace usagectl
