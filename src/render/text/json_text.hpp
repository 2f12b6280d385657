#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace usagectl {

/// Appends the text as a JSON string, quotes included. Always valid UTF-8: bytes that are none
/// become U+FFFD. Controls and invisible direction changes are escaped, and so are U+0085, U+2028
/// and U+2029, at which some readers of JSON lines would break the line.
void append_json_string(std::string_view text, std::string& out);

/// A text as a JSON value that can be dumped whatever its bytes are.
nlohmann::ordered_json json_string(std::string_view text);

/// JSON that was written elsewhere, with what could act on a terminal or a runner escaped inside
/// its strings; its lines but for the first are indented by so many spaces more.
std::string harmless_json(std::string_view json, std::size_t indent = 0);

/// The value as a part of such a text, its lines but for the first indented by so many spaces more;
/// no newline at the end.
std::string json_part(const nlohmann::ordered_json& value, std::size_t indent = 0);

/// The document as text: indented by two, strings as above, one newline at
/// the end.
std::string json_text(const nlohmann::ordered_json& document);

}  // namespace usagectl
