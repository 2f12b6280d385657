#pragma once

#include "analysis/meaning/meaning_votes.hpp"
#include "analysis/prices/price_table.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// What the stated cost of a record shows about the meaning of its counts as they are written:
/// where every reading that gives the cost by a price agrees on an axis, and another would not.
CostVotes cost_votes(const PriceTable& table, const UsageRecord& record);

}  // namespace usagectl
