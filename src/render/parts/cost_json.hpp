#pragma once

#include <nlohmann/json_fwd.hpp>

#include "model/cost.hpp"

namespace usagectl {

/// "USD"; null where it is unknown.
nlohmann::ordered_json currency_json(Currency currency);
/// A stated and a calculated cost, as texts of all their digits.
nlohmann::ordered_json compared_cost_json(const ComparedCost& cost);

}  // namespace usagectl
