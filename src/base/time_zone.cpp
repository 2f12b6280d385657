#include "base/time_zone.hpp"

#include <date/date.h>
#include <date/iso_week.h>
#include <date/tz.h>
#include <fmt/format.h>

#include <charconv>
#include <exception>

namespace usagectl {
namespace {

/// The digits at a place of a text of fixed form.
int number_at(std::string_view text, std::size_t at, std::size_t digits) {
  int number = 0;
  if (text.size() >= at + digits)
    std::from_chars(text.data() + at, text.data() + at + digits, number);
  return number;
}

bool has_form(std::string_view text, std::string_view form) {
  if (text.size() < form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (form[i] == '0' ? !is_digit : text[i] != form[i]) return false;
  }
  return true;
}

date::year_month_day day_of(std::string_view text) {
  return date::year(number_at(text, 0, 4)) /
         date::month(static_cast<unsigned>(number_at(text, 5, 2))) /
         date::day(static_cast<unsigned>(number_at(text, 8, 2)));
}

std::chrono::seconds time_of_day(std::string_view text) {
  return std::chrono::hours(number_at(text, 11, 2)) + std::chrono::minutes(number_at(text, 14, 2)) +
         std::chrono::seconds(number_at(text, 17, 2));
}

constexpr std::string_view kDate = "0000-00-00";
constexpr std::string_view kDateAndTime = "0000-00-00T00:00:00";

}  // namespace

std::optional<TimeZone> TimeZone::named(const std::string& name) {
  try {
    return TimeZone(date::locate_zone(name));
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

std::string TimeZone::local_time(std::string_view utc_time) const {
  if (!utc_time.ends_with('Z') || !has_form(utc_time, kDateAndTime)) return std::string(utc_time);
  const date::year_month_day day = day_of(utc_time);
  if (!day.ok()) return std::string(utc_time);
  const auto local =
      zone_->to_local(date::sys_seconds(date::sys_days(day)) + time_of_day(utc_time));
  return date::format("%FT%T", local);
}

std::int64_t TimeZone::seconds_of(std::string_view local_time) const {
  const auto local =
      date::local_seconds(date::local_days(day_of(local_time))) + time_of_day(local_time);
  return zone_->to_sys(local, date::choose::earliest).time_since_epoch().count();
}

std::string iso_week_of(std::string_view time) {
  if (!has_form(time, kDate)) return {};
  const date::year_month_day day = day_of(time);
  if (!day.ok()) return {};
  const iso_week::year_weeknum_weekday week{date::sys_days(day)};
  return fmt::format("{:04}-W{:02}", static_cast<int>(week.year()),
                     static_cast<unsigned>(week.weeknum()));
}

}  // namespace usagectl
