#pragma once

#include <vector>

#include "ledger/books/group_sums.hpp"

namespace usagectl {

/// The rows in the natural order of their keys, as natural_less() has it.
std::vector<GroupSums::Row> rows_in_natural_order(const GroupSums& sums);

}  // namespace usagectl
