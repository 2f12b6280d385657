#include "input/event_stream.hpp"

namespace usagectl {

bool looks_like_event_stream(std::string_view text) {
  while (!text.empty()) {
    const auto end = text.find_first_of("\r\n");
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty() || line.starts_with(':')) continue;  // OpenRouter opens with comments
    if (line.starts_with("id:") || line.starts_with("retry:")) continue;
    return line.starts_with("data:") || line.starts_with("event:");
  }
  return false;
}

}  // namespace usagectl
