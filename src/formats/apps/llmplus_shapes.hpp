#pragma once

#include "input/json/json.hpp"

namespace usagectl {

/// The three shapes of a file with the usage of llmplus.
bool is_llmplus_job(const Json& document);      ///< {"before": {model: U}, "after": {model: U}}
bool is_llmplus_session(const Json& document);  ///< {"session_start", "stats": {model: U}}
bool is_llmplus_flat(const Json& document);     ///< {model: U}

}  // namespace usagectl
