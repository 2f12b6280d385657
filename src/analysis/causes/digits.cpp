#include "analysis/causes/digits.hpp"

#include <fmt/format.h>

#include <bit>
#include <cstdint>
#include <string>

namespace usagectl {
namespace {

constexpr Count k2To31 = Count{1} << 31;
constexpr Count k2To32 = Count{1} << 32;
constexpr Count k2To53 = Count{1} << 53;

bool is_one_swap(const std::string& a, const std::string& b) {
  std::size_t differing[2] = {};
  std::size_t found = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == b[i]) continue;
    if (found == 2) return false;
    differing[found++] = i;
  }
  return found == 2 && a[differing[0]] == b[differing[1]] && a[differing[1]] == b[differing[0]];
}

/// `longer` without one of its digits is `shorter`; with `doubled`, one that equals its neighbour.
bool is_without_one(const std::string& longer, const std::string& shorter, bool doubled) {
  for (std::size_t i = 0; i < longer.size(); ++i) {
    const bool has_twin = (i > 0 && longer[i - 1] == longer[i]) ||
                          (i + 1 < longer.size() && longer[i + 1] == longer[i]);
    if (doubled && !has_twin) continue;
    if (longer.compare(0, i, shorter, 0, i) == 0 &&
        longer.compare(i + 1, std::string::npos, shorter, i, std::string::npos) == 0)
      return true;
  }
  return false;
}

}  // namespace

DigitsChange digits_change(Count right, Count wrong) {
  if (right == wrong || right < 0 || wrong < 0) return DigitsChange::none;
  const std::string before = fmt::format("{}", right);
  const std::string after = fmt::format("{}", wrong);
  if (before.size() == after.size())
    return is_one_swap(before, after) ? DigitsChange::swapped : DigitsChange::none;
  if (before.size() == after.size() + 1)
    return is_without_one(before, after, false) ? DigitsChange::dropped : DigitsChange::none;
  if (after.size() == before.size() + 1)
    return is_without_one(after, before, true) ? DigitsChange::doubled : DigitsChange::none;
  return DigitsChange::none;
}

std::string_view words_of(DigitsChange change) {
  switch (change) {
    case DigitsChange::none: return "";
    case DigitsChange::swapped: return "two digits swapped";
    case DigitsChange::dropped: return "one digit dropped";
    case DigitsChange::doubled: return "one digit doubled";
  }
  return "";
}

bool is_wrapped(Count right, Count wrong) {
  if (wrong < 0 || right <= wrong) return false;
  if (wrong == k2To31 - 1 || wrong == k2To32 - 1) return true;
  const Count lost = right - wrong;
  return (lost % k2To32 == 0 && wrong < k2To32) || lost == k2To31;
}

bool is_beyond_double(Count number) { return number > k2To53; }

bool is_double(Count number) {
  if (number < 0) return false;
  const auto value = static_cast<std::uint64_t>(number);
  if (value == 0) return true;
  return static_cast<int>(std::bit_width(value)) - std::countr_zero(value) <= 53;
}

Count double_step(Count number) {
  if (!is_beyond_double(number)) return 1;
  return Count{1} << (static_cast<int>(std::bit_width(static_cast<std::uint64_t>(number))) - 53);
}

}  // namespace usagectl
