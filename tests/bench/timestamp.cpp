#include "timestamp.hpp"

#include <fmt/chrono.h>

#include <ctime>

namespace usagectl {

std::string timestamp(std::uint64_t milliseconds) {
  const auto seconds = static_cast<std::time_t>(milliseconds / 1000);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(seconds), milliseconds % 1000);
}

}  // namespace usagectl
