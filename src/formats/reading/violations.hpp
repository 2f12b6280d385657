#pragma once

#include <vector>

#include "dialects/usage_reading.hpp"
#include "model/observations.hpp"
#include "model/place.hpp"

namespace usagectl {

/// Makes findings of what a usage object, which stands at `usage`, says against itself.
void report(const std::vector<Violation>& violations, const Place& usage,
            Observations& observations);

}  // namespace usagectl
