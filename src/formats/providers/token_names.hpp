#pragma once

#include "input/json/json.hpp"

namespace usagectl {

/// Whether a number above 0 stands anywhere in an answer under a name that counts tokens, outside
/// of what was said.
bool counts_tokens(const Json& answer);

}  // namespace usagectl
