#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace usagectl {

/// The bytes of a base64 text (RFC 4648), line breaks and missing padding allowed; nothing when it
/// is none.
std::optional<std::string> base64_decoded(std::string_view text);

}  // namespace usagectl
