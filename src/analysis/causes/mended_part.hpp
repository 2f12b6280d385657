#pragma once

#include <optional>
#include <vector>

#include "analysis/causes/case.hpp"
#include "analysis/causes/explain.hpp"

namespace usagectl {

/// Why the total of one object is not what its own numbers give: `asserted` is written, and its
/// meaning asks for `calculated`. `of` is a claim that sums it up, and must hold when it is mended;
/// nullptr where there is none.
Explanation explain_object(const CasePart& object, Count asserted, Count calculated,
                           const Case* of);

}  // namespace usagectl
