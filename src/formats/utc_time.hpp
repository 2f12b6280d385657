#pragma once

#include <cstdint>
#include <string>

#include "input/json.hpp"

namespace usagectl {

/// A moment as RFC 3339 in UTC: from seconds or milliseconds since 1970, or from a text that names its
/// zone; empty for anything else.
std::string utc_time(const Json& value);

/// The same from seconds since 1970; empty before that and after the year 9999.
std::string utc_time_of(std::int64_t seconds);

}  // namespace usagectl
