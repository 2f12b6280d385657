#pragma once

#include <string>
#include <string_view>

#include "input/containers/text_documents.hpp"

namespace usagectl {

/// Writes the JSON of a Markdown text as JSON lines, on the lines on which it stands: the documents
/// in its fenced blocks of JSON, and the rows of its tables as objects with the names of the
/// table's header, read as those of delimited text are (a row with more or fewer cells than the
/// header is left out, and counted as a line without JSON). Prose gives empty lines.
TextDocuments markdown_as_json_lines(std::string_view text, JsonParser& parser,
                                     std::string& json_lines);

/// Whether the text has a fenced block of JSON, or a table.
bool holds_markdown_documents(std::string_view start);

}  // namespace usagectl
