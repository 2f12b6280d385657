#include "capture/beside/usage_in_texts.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

#include "capture/read_lines.hpp"
#include "dialects/usage_words.hpp"
#include "input/containers/embedded_value.hpp"

namespace usagectl {
namespace {

/// Behind the end of what a parser reads.
constexpr std::size_t kReadable = 64;

/// The size of the JSON string that a text begins with, quotes and all; 0 where it does not end.
std::size_t size_of_string(std::string_view text) {
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text[at] == '\\')
      ++at;
    else if (text[at] == '"')
      return at + 1;
    else if (text[at] == '\n')
      return 0;
  }
  return 0;
}

bool is_key(std::string_view behind) {
  const auto next = behind.find_first_not_of(" \t\r\n");
  return next != std::string_view::npos && behind[next] == ':';
}

/// The text with the objects in place of the strings that hold them; empty where there are none.
std::string with_objects(std::string_view text, JsonParser& parser) {
  std::string result;
  std::string object;
  std::string_view key;
  std::size_t copied = 0;
  for (std::size_t at = text.find('"'); at != std::string_view::npos; at = text.find('"', at)) {
    const std::size_t size = size_of_string(text.substr(at));
    if (size == 0) return {};
    const std::string_view string = text.substr(at, size);
    const std::size_t begin = std::exchange(at, at + size);
    if (is_key(text.substr(at))) {
      key = string.substr(1, size - 2);
      continue;
    }
    const std::string_view of_key = std::exchange(key, {});
    if (of_key.empty() || !speaks_of_tokens(of_key) || names_no_usage(of_key)) continue;
    const ParsedJson parsed = parser.parse_copy(string);
    if (parsed.fault || !looks_like_usage(parsed.root.text())) continue;
    object.clear();
    // The parser is in use again.
    const std::string kept(parsed.root.text());
    if (!append_embedded_value(kept, parser, object)) continue;
    std::replace(object.begin(), object.end(), '\n', ' ');
    result += text.substr(copied, begin - copied);
    result += object;
    copied = at;
  }
  if (copied > 0) result += text.substr(copied);
  return result;
}

bool is_nothing_found(const Observations& found) {
  return found.records().empty() &&
         std::none_of(found.entries().begin(), found.entries().end(), [](const auto& entry) {
           return std::holds_alternative<RejectedObject>(entry.what) ||
                  std::holds_alternative<UnreadablePlace>(entry.what);
         });
}

}  // namespace

void settle_usage_in_texts(std::string_view text, const FileContext& file, JsonParser& parser,
                           Observations& found, FileReading& reading) {
  const bool is_of_a_known_log = reading.format != nullptr && reading.format != &any_lines();
  if (is_of_a_known_log || !is_nothing_found(found) || text.find("oken") == std::string_view::npos)
    return;
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || (text[first] != '{' && text[first] != '[')) return;
  std::string objects = with_objects(text, parser);
  if (objects.empty()) return;
  const std::size_t size = objects.size();
  objects.append(kReadable, ' ');
  Observations again;
  const FileReading with =
      read_text(std::string_view(objects).substr(0, size), file, parser, again);
  if (again.records().empty()) return;
  found = std::move(again);
  reading = with;
}

}  // namespace usagectl
