#pragma once

#include "dialects/usage_values.hpp"
#include "input/json/json.hpp"

namespace usagectl {

/// Whether an object that tells of a call says that the call failed: in a status, a flag or an
/// error. What it says in other words is not known, and no failure.
bool says_failed(const Json& call);

/// Whether a usage object has no count above zero.
bool counts_nothing(const UsageValues& usage);

/// Whether a call says that it failed and counts nothing: there was nothing to count.
bool has_failed_without_usage(const Json& call, const UsageValues& usage);

}  // namespace usagectl
