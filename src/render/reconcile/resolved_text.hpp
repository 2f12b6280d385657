#pragma once

#include <string>

#include "analysis/checks/baseline.hpp"

namespace usagectl {

/// A finding of a baseline that no longer occurs, in one line: "x.json
/// /after/m/output_tokens: sum, difference +1,487, 2 times".
std::string resolved_text(const BaselineEntry& entry);

/// A finding that was accepted until a day that is over: the same, "; accepted until 2026-10-31:
/// the fix is in review".
std::string expired_text(const BaselineEntry& entry);

}  // namespace usagectl
