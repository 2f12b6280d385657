#pragma once

#include <cstdint>
#include <string>

namespace usagectl {

/// Milliseconds since 1970 as `2026-03-09T08:11:25.145Z`.
std::string timestamp(std::uint64_t milliseconds);

}  // namespace usagectl
