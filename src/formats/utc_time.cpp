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

/// Days since 1970-01-01 of a date (the same source).
std::int64_t days_of(std::int64_t year, std::int64_t month, std::int64_t day) {
  if (month <= 2) --year;
  const std::int64_t era = year / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t month_from_march = month > 2 ? month - 3 : month + 9;
  const std::int64_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

/// The number that these digits are; nothing when one of them is none.
std::optional<std::int64_t> number_in(std::string_view digits) {
  std::int64_t number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

constexpr std::int64_t kYear10000 = 253402300800;

/// "2026-03-01 10:30:00.5+01:00", as databases and Python write it: "2026-03-01T09:30:00.500Z". Empty
/// where no zone is told, or it is no time.
std::string moved_to_utc(std::string_view text) {
  if (text.size() < 20 || text.size() > 35 || (text[10] != 'T' && text[10] != ' ')) return {};
  const auto sign = text.find_last_of("+-Z");
  if (sign == std::string_view::npos || sign < 19) return {};
  std::int64_t minutes = 0;
  if (const std::string_view zone = text.substr(sign + 1); text[sign] != 'Z' || !zone.empty()) {
    // +01, +0100 or +01:00
    const bool has_colon = zone.size() == 5 && zone[2] == ':';
    if (zone.size() != 2 && zone.size() != 4 && !has_colon) return {};
    const auto hours = number_in(zone.substr(0, 2));
    const auto rest = zone.size() == 2 ? std::optional<std::int64_t>(0) : number_in(zone.substr(zone.size() - 2));
    if (text[sign] == 'Z' || !hours || !rest || *hours > 23 || *rest > 59) return {};
    minutes = (*hours * 60 + *rest) * (text[sign] == '-' ? -1 : 1);
  }
  std::string local(text.substr(0, sign));
  local[10] = 'T';
  local += 'Z';
  const auto milliseconds = milliseconds_of(local);
  if (!milliseconds) return {};
  if (minutes == 0) return local;
  return utc_time_of_milliseconds(*milliseconds - minutes * 60000);
}

}  // namespace

std::string utc_time(const Json& value) {
  if (value.is_text()) {
    const std::string_view text = value.text();
    const bool is_utc = text.size() >= 20 && text.size() <= 35 && text[4] == '-' && text[10] == 'T' && text.ends_with('Z');
    return is_utc ? std::string(text) : moved_to_utc(text);
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

std::string utc_time_of_milliseconds(std::int64_t milliseconds) {
  if (milliseconds < 0) return {};
  std::string time = utc_time_of(milliseconds / 1000);
  if (time.empty() || milliseconds % 1000 == 0) return time;
  time.pop_back();
  return fmt::format("{}.{:03}Z", time, milliseconds % 1000);
}

std::optional<std::int64_t> milliseconds_of(std::string_view utc_time) {
  // 2026-01-31T12:59:00Z, or with a part of a second before the Z.
  const bool is_utc = utc_time.size() >= 20 && utc_time[4] == '-' && utc_time[7] == '-' && utc_time[10] == 'T' &&
                      utc_time[13] == ':' && utc_time[16] == ':' && utc_time.ends_with('Z');
  if (!is_utc) return std::nullopt;
  const auto year = number_in(utc_time.substr(0, 4));
  const auto month = number_in(utc_time.substr(5, 2));
  const auto day = number_in(utc_time.substr(8, 2));
  const auto hour = number_in(utc_time.substr(11, 2));
  const auto minute = number_in(utc_time.substr(14, 2));
  const auto second = number_in(utc_time.substr(17, 2));
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  std::int64_t milliseconds = 0;
  if (utc_time[19] == '.') {
    std::string part(utc_time.substr(20, 3));
    while (!part.empty() && part.back() == 'Z') part.pop_back();
    part.resize(3, '0');
    milliseconds = number_in(part).value_or(0);
  }
  const std::int64_t seconds = ((days_of(*year, *month, *day) * 24 + *hour) * 60 + *minute) * 60 + *second;
  return seconds * 1000 + milliseconds;
}

}  // namespace usagectl
