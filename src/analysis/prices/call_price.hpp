#pragma once

#include <cstdint>
#include <optional>

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
};

/// The first price that fits the model, the provider and the day of the record; nullptr where none
/// does. A record without a time takes a price without dates.
const Price* find_price(const PriceTable& table, const UsageRecord& record);

/// What a call costs.
struct CallPrice {
  NoPrice why_not = NoPrice::known;
  Money cost;
  /// What was written to the cache is priced as if it lived for five minutes, which nobody says.
  bool assumes_5_minutes = false;
};
/// `hour_writes`: the part of what was written to the cache that lives an hour, where it is known.
CallPrice price_of(const Price& price, const Counts& counts, std::optional<Count> hour_writes,
                   bool is_batch);

/// Whether the record says that it was made in a batch.
bool is_of_batch(const UsageRecord& record);

}  // namespace usagectl
