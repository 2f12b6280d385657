#include "input/containers/embedded_value.hpp"

#include <algorithm>

#include "input/containers/json_text.hpp"
#include "input/containers/python_value.hpp"
#include "input/json/json_parser.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kWhiteSpace = " \t\r\n";

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.';
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(kWhiteSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kWhiteSpace) + 1 - first);
}

/// "CompletionUsage" of "CompletionUsage(…)"; empty where the text is none of the kind.
std::string_view name_called(std::string_view text) {
  const auto end = static_cast<std::size_t>(
      std::find_if_not(text.begin(), text.end(), is_name_char) - text.begin());
  return end < text.size() && text[end] == '(' ? text.substr(0, end) : std::string_view();
}

bool append_python(std::string_view text, JsonParser& parser, std::string& json) {
  const std::size_t before = json.size();
  const auto size = append_python_value(text, json);
  if (!size || trimmed(text.substr(*size)).find_first_not_of(')') != std::string_view::npos ||
      parser.parse_copy(std::string_view(json).substr(before)).fault) {
    json.resize(before);
    return false;
  }
  return true;
}

}  // namespace

bool append_embedded_value(std::string_view text, JsonParser& parser, std::string& json) {
  text = trimmed(text);
  if (text.empty()) return false;
  const bool begins_value = text.front() == '{' || text.front() == '[';
  if (begins_value && append_embedded_json(text, parser, json)) return true;
  const bool may_be_python =
      (begins_value || !name_called(text).empty()) && text.find("oken") != std::string_view::npos;
  if (!may_be_python) return false;
  // Pieces of an object that is not closed are none.
  const std::string_view closing = "}])";
  if (closing.find(text.back()) == std::string_view::npos) return false;
  if (name_called(text) == "defaultdict" || name_called(text) == "Counter" ||
      name_called(text) == "OrderedDict" || name_called(text) == "dict") {
    const auto object = text.find('{');
    if (object != std::string_view::npos) return append_python(text.substr(object), parser, json);
  }
  return append_python(text, parser, json);
}

bool looks_like_usage(std::string_view text) {
  text = trimmed(text);
  if (text.empty()) return false;
  const bool begins_value =
      text.front() == '{' || text.front() == '[' || !name_called(text).empty();
  return begins_value && text.find("oken") != std::string_view::npos &&
         text.find_first_of("0123456789") != std::string_view::npos;
}

}  // namespace usagectl
