#pragma once

#include <string>

#include "input/json.hpp"

namespace usagectl {

/// A moment as RFC 3339 in UTC, from seconds since 1970 or from a text that is in UTC already;
/// empty for anything else.
std::string utc_time(const Json& value);

}  // namespace usagectl
