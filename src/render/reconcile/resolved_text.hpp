#pragma once

#include <string>

#include "analysis/checks/baseline.hpp"

namespace usagectl {

/// A finding of a baseline that no longer occurs, in one line: "x.json
/// /after/m/output_tokens: sum, difference +1,487, 2 times".
std::string resolved_text(const BaselineEntry& entry);

}  // namespace usagectl
