#include "input/json/json_sequence.hpp"

#include <algorithm>

namespace usagectl {
namespace {

/// Length of the object at the front of `text`, or all of it when it does not end.
std::size_t object_length(std::string_view text, bool& whole) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        in_string = false;
      }
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{') {
      ++depth;
    } else if (c == '}' && --depth == 0) {
      whole = true;
      return i + 1;
    }
  }
  whole = false;
  return text.size();
}

std::uint64_t line_breaks_in(std::string_view text) {
  return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

bool next_in_sequence(std::string_view& text, std::uint64_t& line, JsonInSequence& next) {
  const auto start = text.find('{');
  if (start == std::string_view::npos) return false;
  line += line_breaks_in(text.substr(0, start));
  text.remove_prefix(start);
  next.text = text.substr(0, object_length(text, next.whole));
  next.line = line;
  line += line_breaks_in(next.text);
  text.remove_prefix(next.text.size());
  return true;
}

bool is_row_of_objects(std::string_view text) {
  std::size_t objects = 0;
  for (;;) {
    const auto start = text.find_first_not_of(" \t\r\n,");
    if (start == std::string_view::npos) return objects > 1;
    if (text[start] != '{') return false;
    bool whole = false;
    text.remove_prefix(start);
    text.remove_prefix(object_length(text, whole));
    if (!whole) return false;
    ++objects;
  }
}

bool holds_several_objects(std::string_view text) {
  std::uint64_t line = 1;
  JsonInSequence next;
  return next_in_sequence(text, line, next) && next_in_sequence(text, line, next);
}

}  // namespace usagectl
