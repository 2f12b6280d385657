#include "render/text/json_text.hpp"

#include <fmt/format.h>

#include <iterator>
#include <nlohmann/json.hpp>

#include "base/code_point.hpp"
#include "base/utf8.hpp"
#include "render/text/runner_command.hpp"

namespace usagectl {
namespace {

void append_escape(char32_t value, std::string& out) {
  fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(value));
}

bool is_plain(char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '#'; }

}  // namespace

void append_json_string(std::string_view text, std::string& out) {
  out.push_back('"');
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_plain(text[end])) ++end;
    out.append(text, at, end - at);
    at = end;
    if (at == text.size()) break;
    const CodePoint character = code_point_at(text, at);
    if (!character.valid) {
      out += "\xEF\xBF\xBD";
    } else if (character.value == '"' || character.value == '\\') {
      out.push_back('\\');
      out.push_back(text[at]);
    } else if (character.value == '\n') {
      out += "\\n";
    } else if (character.value == '\r') {
      out += "\\r";
    } else if (character.value == '\t') {
      out += "\\t";
    } else if (deceives(character.value) || begins_runner_command(text.substr(at))) {
      append_escape(character.value, out);
    } else {
      out.append(text, at, character.length);
    }
    at += character.length;
  }
  out.push_back('"');
}

nlohmann::ordered_json json_string(std::string_view text) {
  return with_invalid_utf8_replaced(text);
}

std::string harmless_json(std::string_view dumped, std::size_t indent) {
  // Anything left to escape is inside a string.
  std::string text;
  text.reserve(dumped.size() + 1);
  for (std::size_t at = 0; at < dumped.size();) {
    const CodePoint character = code_point_at(dumped, at);
    const bool is_obeyed = begins_runner_command(dumped.substr(at));
    if (is_obeyed || (deceives(character.value) && character.value != '\n')) {
      append_escape(character.value, text);
    } else {
      text.append(dumped, at, character.length);
      if (character.value == '\n') text.append(indent, ' ');
    }
    at += character.length;
  }
  return text;
}

std::string json_part(const nlohmann::ordered_json& value, std::size_t indent) {
  return harmless_json(value.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace),
                       indent);
}

std::string json_text(const nlohmann::ordered_json& document) { return json_part(document) + "\n"; }

}  // namespace usagectl
