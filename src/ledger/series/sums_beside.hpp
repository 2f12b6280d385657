#pragma once

#include <vector>

#include "ledger/books/books.hpp"
#include "model/finding.hpp"

namespace usagectl {

/// Files that tell as much as all others in their folder together, as a summary beside its runs
/// does: both are counted, which is worth a warning.
std::vector<Finding> find_sums_beside_their_parts(const Books& books);

}  // namespace usagectl
