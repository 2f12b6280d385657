#include "base/utc_time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace usagectl {
namespace {

/// Days since 1970-01-01 to a date (Howard Hinnant, "chrono-compatible low-level date algorithms").
std::string date_of(std::int64_t days) {
  days += 719468;
  const std::int64_t era = days / 146097;
  const std::int64_t day_of_era = days - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
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
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719468;
}

constexpr std::int64_t kYear10000 = 253402300800;
constexpr double kFirstMilliseconds = 1e11;  // as seconds, the year 5138; as milliseconds, 1973
constexpr double kFirstMicroseconds = 1e14;
constexpr double kFirstNanoseconds = 1e17;

/// The number that `digits` digits at `at` make; nothing when there are others.
std::optional<std::int64_t> number_at(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return std::nullopt;
  std::int64_t number = 0;
  for (const char c : text.substr(at, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

/// The seconds that a zone is ahead of UTC: "Z", " UTC", "+02:00", "-0330", "+01". Nothing for
/// anything else.
std::optional<std::int64_t> zone_seconds(std::string_view zone) {
  if (zone == "Z" || zone == "z" || zone == " UTC") return 0;
  const bool has_colon = zone.size() == 6 && zone[3] == ':';
  if ((!has_colon && zone.size() != 5 && zone.size() != 3) || (zone[0] != '+' && zone[0] != '-'))
    return std::nullopt;
  const auto hours = number_at(zone, 1, 2);
  const auto minutes =
      zone.size() == 3 ? std::optional<std::int64_t>(0) : number_at(zone, has_colon ? 4 : 3, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return (zone[0] == '-' ? -1 : 1) * (*hours * 3600 + *minutes * 60);
}

bool is_date(std::optional<std::int64_t> year, std::optional<std::int64_t> month,
             std::optional<std::int64_t> day) {
  return year && month && day && *month >= 1 && *month <= 12 && *day >= 1 && *day <= 31;
}

/// "2026-03-01T11:00:00.25+02:00" and "2026-03-01 09:00:00.25Z" are one moment. When a time
/// without a zone was, nobody knows: it stands as it was written.
std::string moment_of(std::string_view text) {
  const auto year = number_at(text, 0, 4);
  const auto month = number_at(text, 5, 2);
  const auto day = number_at(text, 8, 2);
  const auto hour = number_at(text, 11, 2);
  const auto minute = number_at(text, 14, 2);
  const auto second = number_at(text, 17, 2);
  if (!is_date(year, month, day) || text[4] != '-' || text[7] != '-') return {};
  if (text.size() == 10) return std::string(text);
  // Seconds may be left out.
  if (hour && minute && text.size() >= 16 &&
      (text.size() == 16 || text[16] == 'Z' || text[16] == '+' || text[16] == '-')) {
    return moment_of(fmt::format("{}:00{}", text.substr(0, 16), text.substr(16)));
  }
  if (!hour || !minute || !second) return {};
  // A leap second may be written as the sixtieth.
  if (*hour > 23 || *minute > 59 || *second > 60) return {};
  const bool is_written_so =
      (text[10] == 'T' || text[10] == ' ') && text[13] == ':' && text[16] == ':';
  std::size_t end = 19;
  if (end < text.size() && text[end] == '.')
    end = std::min(text.find_first_not_of("0123456789", end + 1), text.size());
  if (!is_written_so) return {};
  if (end == text.size()) return fmt::format("{}T{}", text.substr(0, 10), text.substr(11));
  const auto ahead = zone_seconds(text.substr(end));
  if (!ahead) return {};
  if (text[10] == 'T' && text.ends_with('Z')) return std::string(text);
  const std::string_view fraction = text.substr(19, end - 19);
  if (*ahead == 0) return fmt::format("{}T{}{}Z", text.substr(0, 10), text.substr(11, 8), fraction);
  std::string time = utc_time_of(days_of(*year, *month, *day) * 86400 + *hour * 3600 +
                                 *minute * 60 + *second - *ahead);
  if (!time.empty()) time.insert(time.size() - 1, fraction);
  return time;
}

}  // namespace

std::string utc_time_of_epoch(double number) {
  double seconds = number;
  if (seconds >= kFirstNanoseconds)
    seconds /= 1e9;
  else if (seconds >= kFirstMicroseconds)
    seconds /= 1e6;
  else if (seconds >= kFirstMilliseconds)
    seconds /= 1000;
  if (seconds < 0 || seconds >= static_cast<double>(kYear10000)) return {};
  return utc_time_of(static_cast<std::int64_t>(seconds));
}

std::string utc_time(std::string_view text) {
  return is_utc_time(text) ? std::string(text) : moment_of(text);
}

bool is_utc_time(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00";
  if (text.size() <= kForm.size() || text.back() != 'Z') return false;
  const auto is_digit = [](char c) { return static_cast<unsigned char>(c - '0') < 10; };
  bool is_so = true;
  for (std::size_t i = 0; i < kForm.size(); ++i)
    is_so = is_so && (kForm[i] == '0' ? is_digit(text[i]) : text[i] == kForm[i]);
  if (!is_so) return false;
  const auto two_at = [text](std::size_t at) { return (text[at] - '0') * 10 + text[at + 1] - '0'; };
  const int month = two_at(5);
  const int day = two_at(8);
  // A leap second may be written as the sixtieth.
  if (month < 1 || month > 12 || day < 1 || day > 31 || two_at(11) > 23 || two_at(14) > 59 ||
      two_at(17) > 60)
    return false;
  const std::string_view fraction = text.substr(kForm.size(), text.size() - kForm.size() - 1);
  return fraction.empty() ||
         (fraction.front() == '.' && std::all_of(fraction.begin() + 1, fraction.end(), is_digit));
}

std::string utc_time_of(std::int64_t seconds) {
  if (seconds < 0 || seconds >= kYear10000) return {};
  const std::int64_t second = seconds % 86400;
  return fmt::format("{}T{:02}:{:02}:{:02}Z", date_of(seconds / 86400), second / 3600,
                     second / 60 % 60, second % 60);
}

std::string utc_time_of_milliseconds(std::int64_t milliseconds) {
  if (milliseconds < 0) return {};
  std::string time = utc_time_of(milliseconds / 1000);
  if (time.empty() || milliseconds % 1000 == 0) return time;
  time.pop_back();
  return fmt::format("{}.{:03}Z", time, milliseconds % 1000);
}

std::optional<std::int64_t> milliseconds_of(std::string_view utc_time) {
  // 2026-01-31T12:59:00, then perhaps a part of a second, then perhaps Z.
  if (utc_time.ends_with('Z')) utc_time.remove_suffix(1);
  const bool is_time = utc_time.size() >= 19 && utc_time[4] == '-' && utc_time[7] == '-' &&
                       utc_time[10] == 'T' && utc_time[13] == ':' && utc_time[16] == ':' &&
                       (utc_time.size() == 19 || utc_time[19] == '.') &&
                       utc_time.find_first_not_of("0123456789", 20) == std::string_view::npos;
  if (!is_time) return std::nullopt;
  const auto year = number_at(utc_time, 0, 4);
  const auto month = number_at(utc_time, 5, 2);
  const auto day = number_at(utc_time, 8, 2);
  const auto hour = number_at(utc_time, 11, 2);
  const auto minute = number_at(utc_time, 14, 2);
  const auto second = number_at(utc_time, 17, 2);
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  std::int64_t milliseconds = 0;
  if (utc_time.size() > 19 && utc_time[19] == '.') {
    std::string part(utc_time.substr(20, 3));
    part.resize(3, '0');
    milliseconds = number_at(part, 0, 3).value_or(0);
  }
  const std::int64_t seconds =
      ((days_of(*year, *month, *day) * 24 + *hour) * 60 + *minute) * 60 + *second;
  return seconds * 1000 + milliseconds;
}

}  // namespace usagectl
