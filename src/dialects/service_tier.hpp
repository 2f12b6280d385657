#pragma once

#include <string_view>

namespace usagectl {

/// Whether a call of this tier of service costs what the price list says; also one that does not
/// say its tier.
bool is_standard_tier(std::string_view tier);

/// A batch has its own price in most lists.
inline constexpr std::string_view kBatchTier = "batch";

}  // namespace usagectl
