#include "input/containers/rounded_number.hpp"

#include <cstddef>

namespace usagectl {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::optional<RoundedNumber> rounded_number(std::string_view text) {
  constexpr std::size_t kMostDigits = 12;
  if (text.empty() || text.size() > kMostDigits) return std::nullopt;
  const char unit = text.back();
  if (unit != 'k' && unit != 'K' && unit != 'm' && unit != 'M') return std::nullopt;
  text.remove_suffix(1);
  RoundedNumber result{0, unit == 'k' || unit == 'K' ? 1000 : 1'000'000};
  bool is_behind_point = false;
  if (text.empty() || !is_digit(text.front()) || !is_digit(text.back())) return std::nullopt;
  Count digits = 0;
  for (const char c : text) {
    if (c == '.' && !is_behind_point) {
      is_behind_point = true;
      continue;
    }
    if (!is_digit(c) || result.off_by == 1) return std::nullopt;
    digits = digits * 10 + (c - '0');
    if (is_behind_point) result.off_by /= 10;
  }
  result.count = digits * result.off_by;
  result.off_by /= 2;
  return result;
}

}  // namespace usagectl
