#pragma once

#include "input/json/json.hpp"

namespace usagectl {

/// Whether an object that tells of a call says that the call failed: in a status, a flag or an
/// error. What it says in other words is not known, and no failure.
bool says_failed(const Json& call);

}  // namespace usagectl
