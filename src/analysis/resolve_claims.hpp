#pragma once

#include <cstdint>

#include "analysis/collector.hpp"

namespace usagectl {

/// How the claims about groups turned out; findings for those that fail are added to the collector.
struct Resolution {
  std::uint64_t passed = 0;
  std::uint64_t unprovable = 0;
};

/// Checks every claim whose parts may stand in other files, now that all of them were read.
Resolution resolve_claims(Collector& collected);

}  // namespace usagectl
