#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "capture/read_file.hpp"
#include "input/containers/delimited_table.hpp"
#include "input/line_source.hpp"
#include "input/text_buffer.hpp"

namespace usagectl {

/// A file that is not read line by line is held in memory, up to that size; what is made of YAML,
/// Markdown or a text log takes up to three times as much again.
inline constexpr std::size_t kMostHeldBytes = std::size_t{1024} * 1024 * 1024;

/// A piece of a file that fits into a processor's own cache, and is worth a turn.
inline constexpr std::size_t kBlockBytes = std::size_t{512} * 1024;

/// What the first bytes of a text show.
struct OpenedText {
  const Format* format = nullptr;               ///< of lines; nullptr where all of the text decides
  std::shared_ptr<const DelimitedTable> table;  ///< whose rows the lines are
  std::optional<KnownText> text;  ///< what the start was recognised as, where that was asked
  ReadResult problem;
};

/// Looks at a text that goes on behind `start`, which then ends with a whole line or row where it
/// has some.
OpenedText open_text(LineSource& lines, TextBuffer& start, const FileContext& file,
                     JsonParser& parser);

/// A block of lines, one JSON value a line; `rows` keeps those of a table.
std::string_view json_lines_of(const DelimitedTable* table, std::string_view block,
                               bool begins_file, std::uint64_t lines_before,
                               const FileContext& file, JsonParser& parser, TextBuffer& rows,
                               Observations& found);

/// How much of a file was read.
struct AmountRead {
  std::uint64_t bytes = 0;
  std::uint64_t lines = 0;
};

/// What may be in memory at once.
struct HeldLimits {
  std::size_t most_held_bytes = kMostHeldBytes;  ///< of a text that is not read line by line
  std::size_t longest_line_bytes = kLongestLineBytes;
};

/// Reads a text from `start`, its beginning, to its end.
FileReading read_source(OpenedText&& opened, LineSource& source, TextBuffer& start,
                        const HeldLimits& limits, const FileContext& file, JsonParser& parser,
                        AmountRead& amount, Observations& found);

/// Reports what went wrong with a file.
void report_problem(const ReadResult& problem, const FileContext& file, Observations& found,
                    FileReading& reading);

std::uint64_t lines_in(std::string_view text);

}  // namespace usagectl
