#pragma once

#include <cstdint>
#include <string_view>

#include "formats/format.hpp"
#include "formats/sink.hpp"
#include "input/json_parser.hpp"

namespace usagectl {

/// The format of a file with one JSON value a line, told by its first lines; nullptr when it is none.
/// `start` holds whole lines.
const Format* line_format_of(std::string_view start, const FileContext& file, JsonParser& parser);

/// Whether a document alone in its file is taken for the only line of a log.
bool is_only_line_of_a_log(const Json& document, const FileContext& file);

/// Gives the lines of a text to a reader of the format. A line that is no JSON is said to be
/// unreadable; the last one, when nothing ends it and nothing follows it, may be unfinished. Returns
/// the number of lines.
std::uint64_t read_lines(std::string_view text, std::uint64_t lines_before, const FileContext& file,
                         const Format& format, JsonParser& parser, LineReader& reader, Sink& sink);

}  // namespace usagectl
