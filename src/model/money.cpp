#include "model/money.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace usagectl {
namespace {

using Wide = Money::Wide;

constexpr int kMostSureDigits = 15;  // every decimal of 15 digits survives a double
constexpr int kMostDigits = 36;      // 10^12 and 24 behind the point

Wide power_of_ten(int exponent) {
  Wide power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

/// Halves go away from zero.
Wide rounded_quotient(Wide number, Wide by) {
  const Wide rest = number % by;
  const Wide quotient = number / by;
  const Wide twice = (rest < 0 ? -rest : rest) * 2;
  return twice < by ? quotient : quotient + (number < 0 ? -1 : 1);
}

std::string digits_of(Wide number) {
  std::string digits;
  do {
    digits.push_back(static_cast<char>('0' + static_cast<int>(number % 10)));
    number /= 10;
  } while (number != 0);
  std::reverse(digits.begin(), digits.end());
  return digits;
}

}  // namespace

Money Money::last_digit(int decimals) {
  return Money(power_of_ten(kDecimals - std::clamp(decimals, 0, kDecimals)));
}

std::string Money::text() const {
  std::string digits = digits_of(magnitude().parts_);
  if (digits.size() <= kDecimals) digits.insert(0, kDecimals + 1 - digits.size(), '0');
  std::string behind = digits.substr(digits.size() - kDecimals);
  digits.resize(digits.size() - kDecimals);
  behind.resize(behind.find_last_not_of('0') + 1);
  std::string text = parts_ < 0 ? "-" : "";
  text += digits;
  if (!behind.empty()) text += "." + behind;
  return text;
}

std::string Money::text(int decimals) const {
  const Wide unit = last_digit(decimals).parts_;
  return Money(rounded_quotient(parts_, unit) * unit).text();
}

std::optional<Amount> read_amount(std::string_view text) {
  Amount amount;
  bool is_negative = false;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    is_negative = text.front() == '-';
    text.remove_prefix(1);
  }
  Wide number = 0;
  int digits = 0;   // significant ones
  int behind = 0;   // of the digits read, those behind the point
  int dropped = 0;  // digits that no longer matter
  bool any = false;
  bool has_point = false;
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '.' && !has_point) {
      has_point = true;
      continue;
    }
    if (c < '0' || c > '9') break;
    any = true;
    if (has_point && behind < 1000) ++behind;
    if (digits == 0 && c == '0') continue;
    if (digits < kMostDigits) {
      ++digits;
      number = number * 10 + (c - '0');
    } else {
      ++dropped;
    }
  }
  if (!any) return std::nullopt;
  int exponent = 0;
  if (at < text.size()) {
    if (text[at] != 'e' && text[at] != 'E') return std::nullopt;
    std::string_view rest = text.substr(at + 1);
    if (rest.starts_with('+')) rest.remove_prefix(1);
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), exponent);
    if (error != std::errc() || end != rest.data() + rest.size() || std::abs(exponent) > 1000)
      return std::nullopt;
  }
  // The number counts 10^-scale.
  int scale = behind - exponent - dropped;
  amount.decimals = static_cast<std::uint8_t>(std::clamp(behind - exponent, 0, Money::kDecimals));
  amount.is_noisy = digits + dropped > kMostSureDigits && behind - exponent > 0;
  if (number == 0) return Amount{};
  if (digits - scale > 12) return std::nullopt;
  if (scale > Money::kDecimals) {
    const int surplus = scale - Money::kDecimals;
    number = surplus > kMostDigits ? 0 : rounded_quotient(number, power_of_ten(surplus));
    scale = Money::kDecimals;
  }
  number *= power_of_ten(Money::kDecimals - scale);
  amount.money = Money(is_negative ? -number : number);
  return amount;
}

std::optional<Amount> amount_of(double number) {
  if (!std::isfinite(number)) return std::nullopt;
  std::array<char, 40> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  return read_amount({text.data(), static_cast<std::size_t>(end - text.data())});
}

Amount divided(Amount amount, int places) {
  if (places <= 0) return amount;
  amount.money = Money(rounded_quotient(amount.money.parts(), power_of_ten(places)));
  amount.decimals =
      static_cast<std::uint8_t>(std::min<int>(amount.decimals + places, Money::kDecimals));
  return amount;
}

}  // namespace usagectl
