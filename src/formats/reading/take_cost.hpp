#pragma once

#include "dialects/costs/stated_cost.hpp"
#include "model/observations.hpp"

namespace usagectl {

/// Gives the record the cost that its usage object states, or else the one stated beside it, and
/// says where the parts of a cost do not add up to it.
void take_cost(UsageRecord& record, const StatedCost& inside, const StatedCost& beside,
               Observations& observations);
inline void take_cost(UsageRecord& record, const StatedCost& inside, Observations& observations) {
  take_cost(record, inside, {}, observations);
}

/// The place of a Cost::key of a record at that place.
Place place_of_cost(Place record, std::string_view key);

/// Checks that the cost of all at `place` is the sum of what its parts cost, which are called so.
void check_cost_of_all(const Json& total, const CostSum& parts, std::string_view parts_name,
                       const Place& place, Observations& observations);

/// The cost under a key of an object beside the usage object, in a currency that its writer is
/// known to use. `where` is its place below the usage object: "../cost".
CostOfRecord cost_at(const Json& value, Currency currency, std::string where);

/// Whether costs in a usage object of the dialect, or of one of those that it may be, are what the
/// provider says that it charges, and not what a client calculates.
bool is_charge_of_provider(std::string_view dialects);

}  // namespace usagectl
