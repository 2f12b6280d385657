#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace usagectl {

/// Adds the JSON of the Python value that `text` begins with, as print() writes it:
/// {'prompt_tokens': 12, 'details': None} and CompletionUsage(prompt_tokens=12, details=None), on
/// one line. Returns its size; nothing, and nothing added, when it is none or nested deeper
/// than 64.
std::optional<std::size_t> append_python_value(std::string_view text, std::string& json);

}  // namespace usagectl
