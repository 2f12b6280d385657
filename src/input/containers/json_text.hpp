#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace usagectl {

class JsonParser;

/// Adds `text` as a JSON string for our own parser (render/text/json_text.hpp writes those that
/// people read). Bytes that are not UTF-8 stay as they are: whoever parses the line reports them.
void append_raw_json_string(std::string_view text, std::string& json);

/// The most bytes that a text of that size takes as a JSON string.
constexpr std::size_t json_string_bytes(std::size_t text_bytes) { return text_bytes * 6 + 2; }

/// Writes `text` as a JSON string to `to`, which has room for json_string_bytes; returns where it
/// ends.
char* write_string_as_json(std::string_view text, char* to);

/// Whether the text is a number as JSON writes one: no leading zeros, no plus sign.
bool is_json_number(std::string_view text);

/// Adds `text` when it is a JSON object or list, on one line. False, and nothing added, when it is
/// not.
bool append_embedded_json(std::string_view text, JsonParser& parser, std::string& json);

}  // namespace usagectl
