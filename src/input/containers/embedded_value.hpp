#pragma once

#include <string>
#include <string_view>

namespace usagectl {

class JsonParser;

/// Adds the object or list that a cell of a table is, as JSON: one in JSON, or one as Python prints
/// it where it speaks of tokens: "{'prompt_tokens': 12}", "CompletionUsage(prompt_tokens=12)",
/// "defaultdict(<class 'int'>, {…})". False where it is none.
bool append_embedded_value(std::string_view text, JsonParser& parser, std::string& json);

/// Whether such a cell looks like an object with a number of tokens, whatever comes behind.
bool looks_like_usage(std::string_view text);

}  // namespace usagectl
