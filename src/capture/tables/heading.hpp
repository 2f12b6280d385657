#pragma once

#include <cstdint>
#include <string_view>

namespace usagectl {

/// What the heading of a table says of all its numbers.
enum class HeadingSays : std::uint8_t {
  nothing,
  averages,  ///< "Average tokens per session"
  no_usage,  ///< "Rate limits", "Token prices"
};
HeadingSays heading_says(std::string_view heading);

}  // namespace usagectl
