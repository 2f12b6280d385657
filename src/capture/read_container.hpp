#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "capture/read_file.hpp"
#include "input/containers/delimited_table.hpp"
#include "input/text_buffer.hpp"

namespace usagectl {

/// Reads a text that is neither JSON nor a log that is known by its beginning, if JSON, rows or
/// documents of another kind are in it: YAML, CSV and TSV, Markdown, several documents, JSON behind
/// the prefixes of a log. Nothing where it holds none of these.
std::optional<FileReading> read_contained(std::string_view text, const FileContext& file,
                                          JsonParser& parser, Observations& observations);

/// The table that a text begins with, where its rows are to be read: of a file that was found in a
/// folder, only where the first rows hold usage. Nothing for other texts.
std::optional<DelimitedTable> table_to_read(std::string_view start, bool is_all,
                                            const FileContext& file, JsonParser& parser);

/// Puts the rows of a block of that table into `json_lines`, on lines with the same numbers;
/// `begins_file` says that the header comes first. `lines_before` are before the block, for the
/// places of rows that cannot be read.
void table_as_json_lines(std::string_view block, const DelimitedTable& table, bool begins_file,
                         std::uint64_t lines_before, const FileContext& file, JsonParser& parser,
                         TextBuffer& json_lines, Observations& observations);

/// "[2025-11-19] INFO": brackets around a part of the first line, not around a list.
bool begins_with_bracketed_prefix(std::string_view text);

}  // namespace usagectl
