#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/tally.hpp"

namespace usagectl {

/// Usage at each instance of a place; nothing where there is none.
using UsageByInstance = std::vector<std::optional<Tally>>;

/// How the numbers of two ways to tell the same usage stand to each other, over all instances.
struct Agreement {
  std::uint64_t compared = 0;
  std::uint64_t held = 0;     ///< equal
  std::uint64_t telling = 0;  ///< equal, above zero, and no consequence of others that are
  std::uint64_t failed = 0;
  std::uint64_t above = 0;  ///< a tells more
  std::uint64_t below = 0;
  bool all_near = true;   ///< what differs differs by 2 % at most
  bool all_alike = true;  ///< none is more than twice the other
  Count largest_match = 0;
  Count times_above = 0;  ///< every number of a is so many times that of b; 0 = not
  Count times_below = 0;
  std::uint64_t only_in_a = 0;  ///< instances with usage in one of them alone
  std::uint64_t only_in_b = 0;
  std::uint64_t most_parts = 0;  ///< of b at one instance
  /// One tells how many calls there were, and the other has as many records or says the same.
  bool same_number_of_calls = false;

  /// Chance does not make two numbers equal twice, or large ones once.
  bool is_strong() const { return telling > 1 || (telling == 1 && largest_match >= 100); }
};

Agreement compare(const UsageByInstance& a, const UsageByInstance& b);

}  // namespace usagectl
