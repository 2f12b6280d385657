#pragma once

#include <vector>

#include "model/observations.hpp"

namespace usagectl {

/// Which sums of sessions count: those that no later one of the same session holds. The others are
/// ignored or duplicates; what cannot be proved is said.
Observations settle_resumed_sums(std::vector<ResumedSum> sums);

}  // namespace usagectl
