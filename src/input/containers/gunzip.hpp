#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace usagectl {

/// Whether bytes begin as gzip does.
bool is_gzip(std::string_view bytes);

/// What gzip bytes hold (RFC 1952); nothing when they are cut, damaged or would fill more than
/// 256 MiB.
std::optional<std::string> gunzipped(std::string_view bytes);

}  // namespace usagectl
