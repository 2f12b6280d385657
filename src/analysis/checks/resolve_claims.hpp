#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ledger/books/books.hpp"

namespace usagectl {

/// A claim of the collector that does not hold, and its findings there.
struct FailedClaim {
  std::size_t claim = 0;
  std::vector<std::size_t> findings;
};

/// How the claims about groups turned out; findings for those that fail are added to the collector.
struct Resolution {
  std::uint64_t passed = 0;
  std::uint64_t unprovable = 0;
  std::vector<FailedClaim> failed_sums;
  std::vector<FailedClaim> failed_counts;
};

/// Checks every claim whose parts may stand in other files, now that all of them were read.
Resolution resolve_claims(Books& books);

}  // namespace usagectl
