#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string_view>

#include "model/counts.hpp"
#include "model/tally.hpp"

namespace usagectl {

/// A count, or null where it is not known.
nlohmann::ordered_json count_json(const std::optional<Count>& count);

/// All eight token counters, null where not known.
nlohmann::ordered_json tokens_json(const Counts& counts);
nlohmann::ordered_json tokens_json(const Tally& tally);

/// How many records knew each counter that at least one of them knew.
nlohmann::ordered_json known_json(const Tally& tally);

}  // namespace usagectl
