#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string_view>

#include "model/counts.hpp"

namespace usagectl {

/// A count, or null if it is unknown.
nlohmann::ordered_json count_json(const std::optional<Count>& count);

/// All eight token counters, null if unknown.
nlohmann::ordered_json tokens_json(const Counts& counts);

}  // namespace usagectl
