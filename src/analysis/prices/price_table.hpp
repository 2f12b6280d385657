#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/count.hpp"
#include "model/money.hpp"

namespace usagectl {

/// What a million tokens cost, by what they are billed as. Nothing where it is unknown.
struct Rates {
  std::optional<Money> input;  ///< fresh
  std::optional<Money> cache_read;
  std::optional<Money> cache_write_5m;
  std::optional<Money> cache_write_1h;
  std::optional<Money> output;
  std::optional<Money> reasoning;  ///< where it differs from output
};

/// The rates of every token of a call whose prompt is longer.
struct LongPrompts {
  Count than = 0;  ///< tokens
  Rates rates;
};

/// What a provider asks for a million tokens of a model, while it is valid.
struct Price {
  std::string provider;
  std::string model;
  std::vector<std::string>
      also;           ///< other names of it; "claude-opus-4-5-*" is any with that beginning
  std::string from;   ///< the first day, "2026-07-24"; empty = as long as there is the model
  std::string until;  ///< the last day; empty = still valid when it was seen
  Rates rates;
  std::optional<LongPrompts> long_prompts;
  std::optional<Money> batch;  ///< what a batch costs of the price: 0.5
  /// Prompts with more tokens have other prices, which are unknown here.
  std::optional<Count> known_up_to;
  Currency currency;
  std::string source;  ///< the page that says so
  std::string seen;    ///< the day on which it did
};

/// Prices that are known, the first that fits goes before others.
class PriceTable {
 public:
  /// The prices inside the program.
  static const PriceTable& builtin();
  /// Those in the text of a file, which `name` names. Throws InputError.
  static PriceTable parse(std::string_view json, std::string_view name);

  /// These go before those that are there.
  void put_first(PriceTable&& others);
  const std::vector<Price>& prices() const { return prices_; }
  /// The newest day on which one was seen.
  std::string newest() const;

 private:
  std::vector<Price> prices_;
};

struct EmbeddedPrices {
  std::string_view file;
  std::string_view json;
};
extern const EmbeddedPrices kEmbeddedPrices[];
extern const std::size_t kEmbeddedPricesSize;

}  // namespace usagectl
