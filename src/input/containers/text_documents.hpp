#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "input/containers/delimited_text.hpp"

namespace usagectl {

class JsonParser;

/// Where a table stands in a text, and the names of its columns.
struct TableInText {
  std::uint64_t first_line = 0;  ///< of its rows
  std::uint64_t last_line = 0;
  std::vector<std::string> columns;
  std::string heading;        ///< the line before it that is its caption, or that of its section
  bool is_by_metric = false;  ///< each of its rows has one metric
};

/// What was taken from a text that holds JSON among other things.
struct TextDocuments {
  std::uint64_t lines = 0;         ///< of the text
  std::uint64_t documents = 0;     ///< that were found
  std::uint64_t without_json = 0;  ///< lines that are neither empty nor of a document
  std::uint64_t cut_at = 0;        ///< the line at which the end of the text stops one; 0 = none
  std::uint64_t open_at = 0;  ///< a last line that may be cut in its last number; 0 = it is not
  /// Lines that are of no document, where they may count tokens in words: on the lines on which
  /// they stand, the others are empty.
  std::string left_over;
  std::uint64_t lines_left = 0;  ///< line breaks in it
  std::vector<TableInText> tables;
  std::vector<ConvertedRows> open_tables;  ///< that leave something open, with lines of the text
  std::uint64_t no_calls = 0;              ///< objects that are left out by what stands before them
  std::uint64_t first_no_call = 0;         ///< the line of the first one

  /// Keeps a line of the text, counted from 1, or a part of it.
  void leave(std::uint64_t line, std::string_view text);
};

// Each of these writes the JSON texts that it finds as JSON lines, so that they are read as JSON
// lines are: a document stands on the line on which it begins in the text, whatever lines it takes
// there, and the other lines are empty. So line numbers are those of the text.

/// Several JSON documents one after another, each over as many lines as it likes, with nothing but
/// white space, commas and record separators (RFC 7464) between them. What is left where that ends
/// is written as one line, for its reader to say what is wrong.
TextDocuments documents_as_json_lines(std::string_view text, std::string& json_lines);

/// Whether the text begins with a document that another one follows, and one a line is not what
/// they are: the first goes over several lines, or the next begins where it ends.
bool holds_documents_in_sequence(std::string_view start);

/// What the words before an object in a log say of it.
struct LoggedAs {
  bool is_no_call = false;  ///< it is left out, and counted as such
  /// A name and a value, as JSON, that say the same inside the object; empty = nothing is said.
  std::string_view member;
};
using ReadLabel = LoggedAs (*)(std::string_view before);

/// Logs whose lines have a JSON object behind a prefix: `2025-11-19 INFO {…}`, or one as Python
/// prints it: `Usage: {'prompt_tokens': 12}`, `CompletionUsage(prompt_tokens=12)`. A JSON object
/// may go on over the next lines. Of further ones on the same line, those that speak of tokens are
/// taken too. Other lines are counted. Of objects that speak of tokens, `read_label` is asked what
/// the words before them say.
TextDocuments logged_json_as_json_lines(std::string_view text, JsonParser& parser,
                                        std::string& json_lines, ReadLabel read_label = nullptr);

/// Whether one of the first lines has a JSON object behind a prefix, or a Python one.
bool holds_logged_json(std::string_view start, JsonParser& parser);

/// JSON lines in which a backslash and an n stand for each line break. Lines are counted as if the
/// line breaks were there; in the file, all of them are on one line.
TextDocuments escaped_lines_as_json_lines(std::string_view text, std::string& json_lines);

/// Whether an object at the beginning is followed by such a line break.
bool holds_escaped_lines(std::string_view start);

}  // namespace usagectl
