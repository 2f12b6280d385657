#pragma once

#include <string>

#include "analysis/checks/baseline.hpp"

namespace usagectl {

/// A finding that its baseline knows and that was not found again, in one line: "x.json
/// /after/m/output_tokens: sum, difference +1,487, 2 times".
std::string gone_text(const BaselineEntry& entry);

}  // namespace usagectl
