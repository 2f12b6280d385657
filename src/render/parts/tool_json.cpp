#include "render/parts/tool_json.hpp"

#include <nlohmann/json.hpp>

#include "base/version.hpp"

namespace usagectl {

nlohmann::ordered_json tool_json() { return {{"name", kToolName}, {"version", version()}}; }

}  // namespace usagectl
