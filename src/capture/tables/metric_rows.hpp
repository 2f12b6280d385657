#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/reading/format.hpp"
#include "input/containers/text_documents.hpp"

namespace usagectl {

class JsonParser;

/// Rows of a table that were turned around, as JSON lines.
struct MetricRows {
  std::string json_lines;            ///< one object a line, without empty lines
  std::vector<std::uint64_t> lines;  ///< of each object: that of its first number of tokens
  std::vector<std::string> names;    ///< of the members that one of them has
};

/// Rows that each hold one metric, as rows with a column for each metric:
/// {"metric": "prompt_tokens", "value": 12}, {"metric": "completion_tokens", "value": 3}; also with
/// columns that say whose it is, and with a column for each model or day. Of columns of statistics
/// only a sum is a number of tokens that were used. Nothing where the rows are none of these, or
/// where a metric is given twice for the same.
std::optional<MetricRows> metric_rows(std::string_view json_lines, const FileContext& file,
                                      JsonParser& parser);

/// The lines of each of the tables, which are in the order of the text.
std::vector<std::string_view> rows_of(const std::vector<TableInText>& tables,
                                      std::string_view json_lines);

/// The text without some of these rows, whose lines are empty.
std::string without(const std::vector<std::string_view>& rows, std::string_view json_lines);

/// Turns around those of the tables of a text that have a metric a row: their lines become empty,
/// and their records follow behind all of the text's lines. Returns the line of each record in the
/// text.
std::vector<std::uint64_t> turn_metric_tables(std::string& json_lines,
                                              std::vector<TableInText>& tables,
                                              const FileContext& file, JsonParser& parser);

/// Gives records that stand behind `lines_of_text` the lines that they have in the text.
void place_in_text(std::uint64_t lines_of_text, const std::vector<std::uint64_t>& lines,
                   Observations& observations);

}  // namespace usagectl
