#pragma once

#include "dialects/catalogue.hpp"
#include "dialects/usage_reading.hpp"
#include "dialects/usage_values.hpp"

namespace usagectl {

/// Says which numbers of a usage object are not understood, and leaves the counters open that they
/// may belong to, unless the object's own total settles that it holds them.
void open_what_is_not_understood(const Catalogue& catalogue, const UsageValues& values,
                                 UsageReading& reading);

}  // namespace usagectl
