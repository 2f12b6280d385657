#include "input/event_stream.hpp"

namespace usagectl {

std::string_view without_indent(std::string_view line) {
  const auto first = line.find_first_not_of(" \t");
  if (first == 0 || first == std::string_view::npos) return line;
  const std::string_view rest = line.substr(first);
  const bool is_field = rest.starts_with("data:") || rest.starts_with("event:") ||
                        rest.starts_with("id:") || rest.starts_with("retry:") ||
                        rest.starts_with(':');
  return is_field ? rest : line;
}

bool looks_like_event_stream(std::string_view text) {
  while (!text.empty()) {
    const auto end = text.find_first_of("\r\n");
    const std::string_view line = without_indent(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty() || line.starts_with(':')) continue;  // OpenRouter opens with comments
    if (line.starts_with("id:") || line.starts_with("retry:")) continue;
    return line.starts_with("data:") || line.starts_with("event:");
  }
  return false;
}

}  // namespace usagectl
