#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dialects/meaning.hpp"
#include "input/json/json.hpp"

namespace usagectl {

/// What the columns of a list of rows are.
struct TableColumns {
  std::vector<std::pair<Quantity, std::size_t>> counters;
  std::vector<std::pair<std::string_view, std::size_t>> fields;  ///< see field_named
  std::size_t headings = 0;  ///< rows at the top that name the columns
};

/// Finds out by their names, else, where all speaks of tokens, by what stands in them: a time,
/// names, then input and output, and perhaps their sum.
std::optional<TableColumns> read_table_columns(const Json& rows,
                                               const std::vector<std::string>& names,
                                               bool speaks_of_tokens);

/// The names that an object gives to the columns of the rows in it: {"columns": […], "rows": [[…],
/// …]}.
std::vector<std::string> column_names(const Json& object);

}  // namespace usagectl
