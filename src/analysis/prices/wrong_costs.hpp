#pragma once

#include <string_view>
#include <vector>

#include "analysis/prices/call_price.hpp"

namespace usagectl {

/// A cost that somebody calculates who makes a certain mistake, and that mistake.
struct WrongCost {
  std::string_view cause;
  Money cost;
};

/// What a call costs by each mistake in reading its counts that changes the cost.
std::vector<WrongCost> wrong_costs(const Rates& rates, const BilledTokens& tokens);

}  // namespace usagectl
