#pragma once

#include <optional>
#include <string_view>

#include "model/money.hpp"

namespace usagectl {

/// An amount, and the currency where it is written with one.
struct WrittenMoney {
  Amount amount;
  Currency currency;
};

/// Reads an amount that may be written with its currency: "0.01", "$0.01", "0.01 EUR",
/// "US$1,234.50". Nothing for any other text: what is about so much is not known.
std::optional<WrittenMoney> read_money_text(std::string_view text);

/// The currency of that name, "usd" or "USD"; unknown where it is none that is known here.
Currency currency_called(std::string_view name);

bool has_digit(std::string_view text);

}  // namespace usagectl
