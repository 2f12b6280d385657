#pragma once

#include <string>

#include "base/utc_time.hpp"
#include "input/json/json.hpp"

namespace usagectl {

/// The moment that a JSON value names, as a text or as a number (see base/utc_time.hpp); empty for
/// none.
std::string utc_time(const Json& value);

}  // namespace usagectl
