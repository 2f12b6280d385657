#pragma once

#include "dialects/catalogue.hpp"
#include "dialects/dialect.hpp"
#include "dialects/solving/hypothesis.hpp"
#include "dialects/usage_reading.hpp"
#include "dialects/usage_values.hpp"

namespace usagectl {

/// Checks what a usage object says beside its counters: lifetimes of the cache, details of a count,
/// second spellings. What does not hold is added to the reading.
void check_usage(const Catalogue& catalogue, const Dialect& dialect, const UsageValues& values,
                 const Quantities& quantities, UsageReading& reading);

}  // namespace usagectl
