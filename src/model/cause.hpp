#pragma once

#include <span>
#include <string_view>

namespace usagectl {

/// Why a claim does not hold, as far as the numbers show it. The ids are a contract: scripts match
/// on them.
struct Cause {
  std::string_view id;
  std::string_view shows;  ///< what the numbers show
};

/// Every cause that a finding may name.
std::span<const Cause> causes();

/// Whether a warning with this cause says that a counted number is not known for certain, so that
/// nothing can be said to hold for all of the usage.
bool leaves_open(std::string_view cause);

}  // namespace usagectl
