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

}  // namespace usagectl
