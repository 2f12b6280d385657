#pragma once

#include <vector>

#include "analysis/causes/explain.hpp"
#include "ledger/books/books.hpp"

namespace usagectl {

/// The numbers from 1 to the last of these that are not among them.
std::vector<Count> gaps_in(std::vector<Count> numbers);

/// Why there are not as many members as the claim says, where they are numbered. Says nothing where
/// they are not.
Explanation explain_count(const CountClaim& claim, const Group& group);

}  // namespace usagectl
