#include "dialects/costs/money_text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace usagectl {
namespace {

/// "$" alone is the US dollar, in which the costs of models are written. The sign of the yen is
/// that of the yuan as well, and says neither.
struct Sign {
  std::string_view text;
  std::string_view currency;
};
constexpr std::array kSigns = {Sign{"US$", "USD"}, Sign{"$", "USD"}, Sign{"\u20ac", "EUR"},
                               Sign{"\u00a3", "GBP"}};

/// Codes of ISO 4217.
constexpr std::array<std::string_view, 18> kCodes = {"USD", "EUR", "GBP", "CHF", "CAD", "AUD",
                                                     "NZD", "CNY", "JPY", "KRW", "INR", "SGD",
                                                     "HKD", "BRL", "SEK", "NOK", "DKK", "PLN"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void trim(std::string_view& text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
}

/// Takes what is named from the beginning or the end of the text.
bool take(std::string_view& text, std::string_view what) {
  if (text.starts_with(what)) {
    text.remove_prefix(what.size());
  } else if (text.ends_with(what)) {
    text.remove_suffix(what.size());
  } else {
    return false;
  }
  trim(text);
  return true;
}

/// "1,234.50" without its commas; empty where they may be something else.
std::string without_thousands(std::string_view text) {
  const auto point = text.find('.');
  std::string plain;
  std::size_t since_comma = 0;
  bool has_comma = false;
  for (std::size_t i = 0; i < std::min(point, text.size()); ++i) {
    if (text[i] != ',') {
      ++since_comma;
      plain.push_back(text[i]);
      continue;
    }
    const bool is_group = has_comma ? since_comma == 3 : since_comma >= 1 && since_comma <= 3;
    if (!is_group) return {};
    has_comma = true;
    since_comma = 0;
  }
  if (!has_comma) return std::string(text);
  if (since_comma != 3 || point == std::string_view::npos) return {};
  return plain.append(text.substr(point));
}

}  // namespace

Currency currency_called(std::string_view name) {
  for (const std::string_view code : kCodes) {
    const bool is = std::equal(name.begin(), name.end(), code.begin(), code.end(),
                               [](char a, char b) { return a == b || a == b - 'A' + 'a'; });
    if (is) return Currency(code);
  }
  return {};
}

bool has_digit(std::string_view text) { return std::any_of(text.begin(), text.end(), is_digit); }

std::optional<WrittenMoney> read_money_text(std::string_view text) {
  if (const auto amount = read_amount(text)) return WrittenMoney{*amount, {}};
  trim(text);
  const bool is_below_zero = text.starts_with('-');
  if (is_below_zero) text.remove_prefix(1);
  WrittenMoney money;
  for (const Sign& sign : kSigns) {
    if (!money.currency.is_known() && take(text, sign.text))
      money.currency = Currency(sign.currency);
  }
  for (const std::string_view code : kCodes) {
    if (take(text, code)) {
      const Currency named(code);
      if (money.currency.is_known() && money.currency != named) return std::nullopt;
      money.currency = named;
      break;
    }
  }
  if (text.empty() || !(is_digit(text.front()) || text.front() == '-' || text.front() == '.') ||
      (is_below_zero && text.front() == '-'))
    return std::nullopt;
  const std::string plain = without_thousands(text);
  const auto amount = read_amount(is_below_zero ? "-" + plain : plain);
  if (plain.empty() || !amount) return std::nullopt;
  money.amount = *amount;
  return money;
}

}  // namespace usagectl
