#pragma once

#include <cstdint>
#include <optional>

#include "ledger/books/books.hpp"
#include "model/claim.hpp"

namespace usagectl {

/// What became of one number of a sum claim.
enum class NumberCheck : std::uint8_t {
  holds,
  fails,
  follows,     ///< it is made of other numbers of its object, and says nothing beyond them
  unlisted,    ///< no part has the counter
  incomplete,  ///< some parts lack the counter, so their sum proves nothing
};

struct CheckedNumber {
  NumberCheck check = NumberCheck::holds;
  ExactSum calculated;      ///< what the parts add up to
  std::uint64_t known = 0;  ///< parts that have the counter
  std::uint64_t parts = 0;
};

/// Checks one number of a claim against the parts of its group, none of which was rejected.
CheckedNumber check_number(const SumClaim& claim, const ClaimedNumber& number, const Group& group);

}  // namespace usagectl
