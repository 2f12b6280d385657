#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/prices/call_price.hpp"
#include "model/cost.hpp"

namespace usagectl {

/// What is needed of a call to judge the cost that is stated for it.
struct CallToPrice {
  std::string model;
  std::string provider;  ///< empty = not known
  std::string time;
  std::string tier;  ///< of service; empty = not known
  Counts counts;
  std::optional<Count> hour_writes;
  bool is_sum = false;     ///< of several calls
  bool is_charge = false;  ///< the provider itself states the cost
};

enum class CostVerdict : std::uint8_t {
  holds,
  unproven,  ///< no price, no reading and no mistake gives it, or too many may
  refuted,   ///< no price that was valid gives it, and a mistake does
};

struct CostJudgement {
  CostVerdict verdict = CostVerdict::unproven;
  std::string_view why_not;  ///< of unproven; static storage
  Money calculated;          ///< of refuted, by the price
  const Price* price = nullptr;
  std::vector<std::string_view> causes;  ///< of refuted: the mistakes that give it
  bool is_sure = false;  ///< of refuted: it is the price of the provider that was called, and the
                         ///< cost has digits enough that no chance gives it
};

/// Compares the cost with what the call costs by each price that may have been valid. Sound is what
/// any price and any reading of unknown counts gives, to the digits that are written.
CostJudgement judge_cost(const PriceTable& table, const CallToPrice& call, const Cost& cost);

/// Whether the cost is that amount, but for the noise of binary numbers and for the digits that it
/// is written with.
bool gives(const Cost& stated, Money calculated);
/// Whether it is written with so many digits that no chance gives it.
bool has_enough_digits(const Amount& amount);

}  // namespace usagectl
