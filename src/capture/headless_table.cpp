#include "capture/headless_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/paths.hpp"
#include "dialects/usage_words.hpp"
#include "input/containers/delimited_row.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kFirstRows = 1000;
constexpr std::size_t kFewestRows = 3;  ///< that prove a sum
constexpr std::size_t kWidest = 32;

/// What the first rows hold in one column.
struct Column {
  std::vector<std::optional<std::uint64_t>> numbers;
  bool are_models = true;
  bool are_days = true;  ///< each value begins with a date

  bool is_number() const {
    return std::all_of(numbers.begin(), numbers.end(), [](const auto& n) { return n.has_value(); });
  }
};

std::optional<std::uint64_t> whole_number(std::string_view text) {
  constexpr std::size_t kMostDigits = 15;
  if (text.empty() || text.size() > kMostDigits) return {};
  std::uint64_t number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return {};
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return number;
}

std::vector<Column> columns_of(const DelimitedTable& table, std::string_view text) {
  std::vector<Column> columns(table.columns.size());
  DelimitedRows rows(text.substr(0, whole_rows_bytes(text, table.separator)), table.separator);
  DelimitedRow row;
  std::string unquoted;
  for (std::size_t n = 0; n < kFirstRows && rows.next(row); ++n) {
    if (row.fields.size() != columns.size()) continue;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const std::string_view value = row.fields[c].value(unquoted);
      columns[c].numbers.push_back(whole_number(value));
      columns[c].are_models = columns[c].are_models && looks_like_model(value);
      columns[c].are_days = columns[c].are_days && looks_like_day(value.substr(0, 10));
    }
  }
  return columns;
}

/// Two columns, and that of their sum.
struct Sum {
  std::size_t first = 0;
  std::size_t second = 0;
  std::size_t total = 0;
};

bool holds(const Sum& sum, const std::vector<Column>& columns) {
  const auto& first = columns[sum.first].numbers;
  const auto& second = columns[sum.second].numbers;
  const auto& total = columns[sum.total].numbers;
  std::size_t shown = 0;
  bool varies = false;
  for (std::size_t i = 0; i < total.size(); ++i) {
    if (*first[i] + *second[i] != *total[i]) return false;
    if (*first[i] > 0 && *second[i] > 0) ++shown;
    varies = varies || *total[i] != *total[0];
  }
  return shown >= kFewestRows && varies;
}

std::vector<Sum> sums_of(const std::vector<Column>& columns) {
  std::vector<std::size_t> numbers;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (columns[c].is_number()) numbers.push_back(c);
  }
  std::vector<Sum> sums;
  for (const std::size_t total : numbers) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      for (std::size_t j = i + 1; j < numbers.size(); ++j) {
        const Sum sum{numbers[i], numbers[j], total};
        if (sum.first == total || sum.second == total) continue;
        if (holds(sum, columns)) sums.push_back(sum);
      }
    }
  }
  return sums;
}

}  // namespace

void name_columns(DelimitedTable& table, std::string_view rows, std::string_view path) {
  if (table.has_header || table.columns.size() > kWidest) return;
  const std::vector<Column> columns = columns_of(table, rows);
  const std::size_t count = columns.empty() ? 0 : columns.front().numbers.size();
  if (count == 0) return;
  const auto find = [&](auto&& is) { return std::find_if(columns.begin(), columns.end(), is); };
  const auto model = find([](const Column& column) { return column.are_models; });
  const bool counts_tokens = model != columns.end() || speaks_of_tokens(base_name(path));
  const auto numbers =
      std::count_if(columns.begin(), columns.end(), [](const auto& c) { return c.is_number(); });
  // Beside a model, one number may be a total.
  const auto fewest = model != columns.end() ? 1 : 2;
  if (!counts_tokens || numbers < fewest) return;

  const std::vector<Sum> sums = sums_of(columns);
  if (sums.size() != 1) {
    table.warning =
        "was not read: its columns have no names, and its numbers do not show which of them count "
        "tokens; a first row with their names is needed";
    return;
  }
  for (std::size_t c = 0; c < columns.size(); ++c)
    table.columns[c].name = fmt::format("column {}", c + 1);
  const auto name = [&](std::size_t column, std::string_view as) {
    table.columns[column].name = as;
  };
  const Sum& sum = sums.front();
  name(sum.first, "prompt_tokens");
  name(sum.second, "completion_tokens");
  name(sum.total, "total_tokens");
  if (model != columns.end()) name(static_cast<std::size_t>(model - columns.begin()), "model");
  const auto time = find([](const Column& column) { return column.are_days; });
  if (time != columns.end()) name(static_cast<std::size_t>(time - columns.begin()), "timestamp");
  table.has_header = true;  // its names are keys from here on
  table.warning = fmt::format(
      "its columns have no names: {} and {} are taken for input and output in that order, as {} is "
      "their sum in the first {} rows",
      sum.first + 1, sum.second + 1, sum.total + 1, count);
}

}  // namespace usagectl
