#pragma once

#include <nlohmann/json_fwd.hpp>

#include "analysis/checks/baseline.hpp"

namespace usagectl {

/// A baseline as the file that load_baseline() reads: small, in a fixed order, easy to review.
nlohmann::ordered_json baseline_json(const Baseline& baseline);

/// One entry of it.
nlohmann::ordered_json baseline_entry_json(const BaselineEntry& entry);

}  // namespace usagectl
