#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace usagectl {

/// Length in bytes of the valid UTF-8 character at the start of `text`, or 0 when there is none:
/// overlong forms, surrogates and code points above U+10FFFF are invalid.
std::size_t utf8_character_length(std::string_view text);

/// Offset of the first byte that is not UTF-8.
std::optional<std::uint64_t> find_invalid_utf8(std::string_view text);

/// The text with every invalid byte replaced by U+FFFD.
std::string with_invalid_utf8_replaced(std::string_view text);

}  // namespace usagectl
