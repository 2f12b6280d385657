#include "ledger/books/time_span.hpp"

#include <charconv>
#include <chrono>

namespace usagectl {

bool TimeSpan::holds(std::string_view time) const {
  if (time.empty()) return false;
  const bool is_local = !time.ends_with('Z');
  const std::string& first = is_local && !local_since.empty() ? local_since : since;
  const std::string& last = is_local && !local_until.empty() ? local_until : until;
  // Texts of one form in one time zone sort as the times do; a shorter one stands for all that it
  // begins.
  return (first.empty() || time >= first) && (last.empty() || time.substr(0, last.size()) <= last);
}

bool is_time(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00";
  constexpr std::size_t kLengths[] = {4, 7, 10, 13, 16, 19};
  if (text.ends_with('Z') && text.size() == kForm.size() + 1) text.remove_suffix(1);
  bool whole = false;
  for (const std::size_t length : kLengths) whole = whole || text.size() == length;
  for (std::size_t i = 0; whole && i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    whole = kForm[i] == '0' ? digit : text[i] == kForm[i];
  }
  if (!whole) return false;
  const auto number = [&](std::size_t at, std::size_t digits, int otherwise) {
    if (text.size() < at + digits) return otherwise;
    int value = 0;
    std::from_chars(text.data() + at, text.data() + at + digits, value);
    return value;
  };
  const std::chrono::year_month_day day{std::chrono::year(number(0, 4, 0)),
                                        std::chrono::month(static_cast<unsigned>(number(5, 2, 1))),
                                        std::chrono::day(static_cast<unsigned>(number(8, 2, 1)))};
  return day.ok() && number(11, 2, 0) < 24 && number(14, 2, 0) < 60 && number(17, 2, 0) < 60;
}

std::optional<long long> parse_duration_seconds(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  long long unit = 0;
  switch (text.back()) {
    case 's': unit = 1; break;
    case 'm': unit = 60; break;
    case 'h': unit = 3600; break;
    case 'd': unit = 86400; break;
    default: return std::nullopt;
  }
  long long number = 0;
  const char* const end = text.data() + text.size() - 1;
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  constexpr long long kLongest = 1LL << 40;
  if (error != std::errc() || stop != end || number < 0 || number > kLongest / unit)
    return std::nullopt;
  return number * unit;
}

}  // namespace usagectl
