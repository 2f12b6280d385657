#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "dialects/catalogue.hpp"
#include "dialects/envelope.hpp"
#include "dialects/usage_values.hpp"

namespace usagectl {

/// The dialects that a usage object may be written in, as indices in the catalogue, in its order:
/// by keys first, then by what stands around it. Arithmetic comes later (see solve.hpp).
std::vector<std::uint16_t> recognise(const Catalogue& catalogue, const UsageValues& values,
                                     const Envelope& envelope);

/// The provider that alone writes all of these dialects, as far as the catalogue and the id of the
/// call tell; else nothing.
std::string_view provider_of(const Catalogue& catalogue,
                             const std::vector<std::uint16_t>& candidates, std::string_view id);

/// Whether one of the dialects reads or asks for the key.
bool is_known_to_any(const Catalogue& catalogue, const std::vector<std::uint16_t>& dialects,
                     KeyId key);

/// True when the keys fit some dialect at all.
bool has_usage_keys(const Catalogue& catalogue, const UsageValues& values);

}  // namespace usagectl
