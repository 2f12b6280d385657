#pragma once

#include <vector>

#include "input/json.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// Every key of a usage object, nested ones as "a.b"; a list counts as one key.
std::vector<KeySeen> key_paths(const Json& usage);

}  // namespace usagectl
