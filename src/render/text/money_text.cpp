#include "render/text/money_text.hpp"

#include <algorithm>

namespace usagectl {

std::string money_text(const Money& money) {
  constexpr int kDecimals = 6;
  constexpr int kLeastDigits = 3;
  int decimals = kDecimals;
  if (money.magnitude() < Money::last_digit(kDecimals - kLeastDigits + 1)) {
    const std::string exact = money.magnitude().text();
    const auto first = exact.find_first_not_of("0.");
    if (first != std::string::npos)
      decimals = std::max(decimals, static_cast<int>(first) - 2 + kLeastDigits);
  }
  std::string text = money.text(decimals);
  const std::size_t begin = text.starts_with('-') ? 1 : 0;
  for (auto at = std::min(text.find('.'), text.size()); at > begin + 3;) {
    at -= 3;
    text.insert(at, 1, ',');
  }
  return text;
}

std::string money_difference_text(const Money& difference) {
  std::string text = money_text(difference);
  if (difference > Money()) text.insert(text.begin(), '+');
  return text;
}

}  // namespace usagectl
