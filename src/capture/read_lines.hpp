#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/reading/format.hpp"
#include "input/json/json_parser.hpp"
#include "input/json/spelled_words.hpp"
#include "model/observations.hpp"

namespace usagectl {

/// The format of a file with one JSON value a line, told by its first lines; nullptr when it is
/// none. `start` holds whole lines.
const Format* line_format_of(std::string_view start, const FileContext& file, JsonParser& parser);

/// The format that takes any line.
const Format& any_lines();

/// Whether one of the first lines holds usage that some dialect knows.
bool lines_hold_usage(std::string_view start, const FileContext& file, JsonParser& parser);

/// Whether a document alone in its file is taken for the only line of a log.
bool is_only_line_of_a_log(const Json& document, const FileContext& file);

/// Reads the lines of a file, or of a piece of one: those of its format, and those of other logs
/// that were put together with it, each log by a reader of its own.
class LineReaders {
 public:
  LineReaders(const FileContext& file, const Format& format, JsonParser& parser);

  /// A line that is no JSON is said to be unreadable; the last one, when nothing ends it and
  /// nothing follows it, may be unfinished. Returns the number of lines.
  std::uint64_t read(std::string_view text, std::uint64_t lines_before, Observations& observations);
  void finish(Observations& observations);

 private:
  void read_line(std::string_view text, bool is_ended, const Place& place,
                 Observations& observations);
  LineReader& reader_of(const Json& line);
  LineReader& reader_of_any(const Json& line);
  LineReader& reader(const Format& format);

  FileContext file_;
  const Format& format_;
  JsonParser& parser_;
  SpelledWords words_;
  std::vector<std::pair<const Format*, std::unique_ptr<LineReader>>>
      readers_;                       ///< that of the format first
  LineNames plain_names_;             ///< of lines that no known log has
  std::optional<std::size_t> names_;  ///< of the last line, where it is one of them
};

}  // namespace usagectl
