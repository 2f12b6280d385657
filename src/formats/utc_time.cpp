#include "formats/utc_time.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace usagectl {
namespace {

/// Days since 1970-01-01 to a date (Howard Hinnant, "chrono-compatible low-level date algorithms").
std::string date_of(std::int64_t days) {
  days += 719468;
  const std::int64_t era = days / 146097;
  const std::int64_t day_of_era = days - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  const std::int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

constexpr std::int64_t kYear10000 = 253402300800;

}  // namespace

std::string utc_time(const Json& value) {
  if (value.is_text()) {
    const std::string_view text = value.text();
    const bool is_utc = text.size() >= 20 && text.size() <= 35 && text[4] == '-' && text[10] == 'T' && text.ends_with('Z');
    return is_utc ? std::string(text) : std::string();
  }
  if (!value.is_number()) return {};
  const auto seconds = value.real();
  if (!seconds || *seconds < 0 || *seconds >= static_cast<double>(kYear10000)) return {};
  return utc_time_of(static_cast<std::int64_t>(*seconds));
}

std::string utc_time_of(std::int64_t seconds) {
  if (seconds < 0 || seconds >= kYear10000) return {};
  const std::int64_t second = seconds % 86400;
  return fmt::format("{}T{:02}:{:02}:{:02}Z", date_of(seconds / 86400), second / 3600, second / 60 % 60, second % 60);
}

}  // namespace usagectl
