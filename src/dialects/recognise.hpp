#pragma once

#include <cstdint>
#include <vector>

#include "dialects/catalogue.hpp"
#include "dialects/envelope.hpp"
#include "dialects/usage_values.hpp"

namespace usagectl {

/// The dialects that a usage object may be written in, as indices in the catalogue, in its order:
/// by keys first, then by what stands around it. Arithmetic comes later (see solve.hpp).
std::vector<std::uint16_t> recognise(const Catalogue& catalogue, const UsageValues& values,
                                     const Envelope& envelope);

/// True when the keys fit some dialect at all.
bool has_usage_keys(const Catalogue& catalogue, const UsageValues& values);

}  // namespace usagectl
