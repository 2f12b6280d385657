#pragma once

#include <cstdint>
#include <string_view>

namespace usagectl {

/// One JSON object of a text that holds several.
struct JsonInSequence {
  std::string_view text;
  std::uint64_t line = 1;  ///< where it begins
  bool whole = true;       ///< false: the text ends inside it
};

/// Cuts the next object off the front of `text`, wherever lines end: one a line, written over
/// several lines, or one right behind the other as repeated downloads into one file leave them.
/// What stands between objects is passed over. `line` is that of the front and moves along. False
/// at the end.
bool next_in_sequence(std::string_view& text, std::uint64_t& line, JsonInSequence& next);

/// Whether a text is several whole objects, with nothing but white space and commas around them:
/// what two writers leave that forget to end a line.
bool is_row_of_objects(std::string_view text);

/// True when a second object follows the first.
bool holds_several_objects(std::string_view text);

}  // namespace usagectl
