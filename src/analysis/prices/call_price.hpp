#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "analysis/prices/price_table.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// Why the price of a call is unknown.
enum class NoPrice : std::uint8_t {
  known,           ///< it is known
  no_model,        ///< the record names none
  not_listed,      ///< nobody lists the model, or not for this provider or that day
  counts_unknown,  ///< input or output is unknown, or something is not understood
  beyond_prompt,   ///< the prompt is longer than the price is known for
  other_tier,      ///< it is of a tier of service that has other prices
};

/// Whether the price is for this model of this provider; an empty provider may be any.
bool is_for(const Price& price, std::string_view model, std::string_view provider);
/// Whether it is valid on the day of this time. A call without a time takes a price without dates.
bool is_valid_at(const Price& price, std::string_view time);

/// The first price that fits the model, the provider and the day of the record; nullptr where none
/// does.
const Price* find_price(const PriceTable& table, const UsageRecord& record);

/// The tokens of a call by what they are billed as, each in one of them.
struct BilledTokens {
  Count prompt = 0;  ///< all of the prompt, by which rates are chosen
  Count fresh = 0;
  Count read = 0;
  Count written_5m = 0;
  Count written_1h = 0;
  Count output = 0;
  Count reasoning = 0;  ///< the part of output
};
/// Nothing where counts are unknown or not understood. `hour_writes`: the part of what was written
/// to the cache that lives an hour, where it is known.
std::optional<BilledTokens> billed_tokens(const Counts& counts, std::optional<Count> hour_writes);

/// The rates of a call with this prompt.
const Rates& rates_for(const Price& price, Count prompt);
/// What the tokens cost; nothing where a rate is unknown.
std::optional<Money> cost_of(const Rates& rates, const BilledTokens& tokens);
/// The part of a cost that remains: of 0.5, the half.
Money part_of(Money cost, Money factor);

/// What a call costs.
struct CallPrice {
  NoPrice why_not = NoPrice::known;
  Money cost;
  /// What was written to the cache is priced as if it lived for five minutes, which nobody says.
  bool assumes_5_minutes = false;
  /// The prompt is priced as if none of it were read from the cache, which nobody says.
  bool assumes_no_cache = false;
};
/// What is billed of the price.
enum class BilledTier : std::uint8_t { standard, batch, other };
/// `is_sum`: the counts are of several calls, of whose prompts nothing is known but their sum.
CallPrice price_of(const Price& price, const Counts& counts, std::optional<Count> hour_writes,
                   BilledTier tier, bool is_sum = false);

/// Whether the record is the sum of calls.
inline bool is_sum_of_calls(const UsageRecord& record) {
  return record.role == Role::aggregate || record.role == Role::cumulative;
}
/// By what the record says of its tier of service.
BilledTier billed_tier(const UsageRecord& record);

}  // namespace usagectl
