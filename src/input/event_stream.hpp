#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace usagectl {

/// A line without the white space that a copy of a stream may have in front of its fields, which no
/// server sends.
std::string_view without_indent(std::string_view line);

/// Calls visit(name, data, line) for each event of a server-sent event stream (WHATWG HTML, 9.2):
/// lines end in LF, CRLF or CR, a line that begins with a colon is a comment, several data lines of
/// one event are joined with LF, and a blank line ends the event. Unlike a browser, the last event
/// counts without its blank line: a capture may be cut there. `line` is where its data begins.
template <typename Visit>
void each_stream_event(std::string_view text, Visit&& visit) {
  std::string_view name;
  std::string_view first;
  std::string joined;
  std::uint64_t data_lines = 0;
  std::uint64_t data_line = 0;
  std::uint64_t number = 0;
  const auto dispatch = [&] {
    if (data_lines > 0) visit(name, data_lines == 1 ? first : std::string_view(joined), data_line);
    name = {};
    data_lines = 0;
  };
  while (!text.empty()) {
    ++number;
    const auto end = text.find_first_of("\r\n");
    const std::string_view line = without_indent(text.substr(0, end));
    if (end == std::string_view::npos) {
      text = {};
    } else {
      text.remove_prefix(end + (text.substr(end).starts_with("\r\n") ? 2 : 1));
    }
    if (line.empty()) {
      dispatch();
      continue;
    }
    const auto colon = line.find(':');
    if (colon == 0) continue;
    const std::string_view field = line.substr(0, colon);
    std::string_view value =
        colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
    if (value.starts_with(' ')) value.remove_prefix(1);
    if (field == "event") {
      name = value;
    } else if (field == "data") {
      if (data_lines == 0) {
        first = value;
        data_line = number;
      } else {
        if (data_lines == 1) joined = first;
        joined.push_back('\n');
        joined += value;
      }
      ++data_lines;
    }
  }
  dispatch();
}

/// True when the text begins like a server-sent event stream.
bool looks_like_event_stream(std::string_view text);

}  // namespace usagectl
