#include "render/html/time_buckets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>

#include "base/natural_order.hpp"

namespace usagectl {
namespace {

namespace chrono = std::chrono;

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  const bool is_padded = text.size() > 1 && text.front() == '0';
  if (error != std::errc() || stop != end || number < 0 || is_padded) return std::nullopt;
  return number;
}

/// Two or four digits at a place.
std::optional<int> digits_at(std::string_view text, std::size_t at, std::size_t size) {
  if (text.size() < at + size) return std::nullopt;
  int number = 0;
  for (const char c : text.substr(at, size)) {
    if (c < '0' || c > '9') return std::nullopt;
    number = 10 * number + (c - '0');
  }
  return number;
}

std::optional<std::int64_t> day_of(std::string_view text) {
  const auto year = digits_at(text, 0, 4);
  const auto month = digits_at(text, 5, 2);
  const auto day = digits_at(text, 8, 2);
  if (!year || !month || !day) return std::nullopt;
  const chrono::year_month_day date(chrono::year(*year),
                                    chrono::month(static_cast<unsigned>(*month)),
                                    chrono::day(static_cast<unsigned>(*day)));
  if (!date.ok()) return std::nullopt;
  return chrono::sys_days(date).time_since_epoch().count();
}

std::string text_of_day(std::int64_t number) {
  const chrono::year_month_day date(chrono::sys_days(chrono::days(static_cast<int>(number))));
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

/// The position of a value among all values of its key, and back; nothing for other keys.
std::optional<std::int64_t> position_of(std::string_view key, std::string_view value) {
  if (key == "tick") return number_of(value);
  if (key == "month") {
    const auto year = digits_at(value, 0, 4);
    const auto month = digits_at(value, 5, 2);
    if (!year || !month || *month < 1 || *month > 12) return std::nullopt;
    return *year * 12 + *month - 1;
  }
  const auto day = day_of(value);
  if (!day || key == "day") return day;
  const auto hour = digits_at(value, 11, 2);
  if (key != "hour" || !hour || *hour > 23) return std::nullopt;
  return *day * 24 + *hour;
}

std::string value_at(std::string_view key, std::int64_t position) {
  if (key == "tick") return fmt::format("{}", position);
  if (key == "month") return fmt::format("{:04}-{:02}", position / 12, position % 12 + 1);
  if (key == "day") return text_of_day(position);
  const std::int64_t day = position >= 0 ? position / 24 : -((23 - position) / 24);
  return fmt::format("{}T{:02}", text_of_day(day), position - day * 24);
}

}  // namespace

bool is_sequence(std::string_view key) {
  return key == "tick" || key == "month" || key == "week" || key == "day" || key == "hour";
}

std::vector<std::string> with_gaps(std::string_view key, std::vector<std::string> values,
                                   std::size_t most) {
  std::sort(values.begin(), values.end(),
            [](const std::string& a, const std::string& b) { return natural_compare(a, b) < 0; });
  values.erase(std::unique(values.begin(), values.end()), values.end());
  if (values.empty()) return values;
  for (const std::string& value : values) {
    const auto position = position_of(key, value);
    if (!position || value_at(key, *position) != value) return values;
  }
  const std::int64_t first = *position_of(key, values.front());
  const std::int64_t last = *position_of(key, values.back());
  if (last < first || static_cast<std::uint64_t>(last - first) >= values.size() + most)
    return values;
  std::vector<std::string> all;
  for (std::int64_t at = first; at <= last; ++at) all.push_back(value_at(key, at));
  return all;
}

}  // namespace usagectl
