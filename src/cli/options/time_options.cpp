#include "cli/options/time_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "base/utc_time.hpp"
#include "cli/output/usage_error.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kToTheDay = 10;
constexpr std::size_t kToTheMinute = 16;
constexpr std::size_t kToTheSecond = 19;

/// A time that names how far its zone is ahead: "2026-03-01T09:00+02:00".
bool has_offset(std::string_view text) {
  return text.size() > kToTheMinute && utc_time(text).ends_with('Z');
}

std::string check_time(const std::string& text) {
  const bool is_valid = is_time(text) || has_offset(text) || parse_duration_seconds(text) ||
                        text == "today" || text == "yesterday";
  return is_valid ? std::string()
                  : "invalid time \"" + text +
                        "\"; use 2026-11-22, 2026-11-22T03:04:05Z, 2026-11-22T09:00+02:00, 7d or "
                        "today";
}

std::string check_duration(const std::string& text) {
  return parse_duration_seconds(text)
             ? std::string()
             : "invalid duration \"" + text + "\"; use 90s, 30m, 24h or 7d";
}

std::string without_z(std::string time) {
  if (time.ends_with('Z')) time.pop_back();
  return time;
}

/// "2026-11" -> "2026-11-01T00:00:00".
std::string beginning_of(const std::string& time) {
  constexpr std::string_view kFirst = "0000-01-01T00:00:00";
  return time + std::string(kFirst.substr(time.size()));
}

/// Seconds since 1970 of a local time as if it were in UTC.
std::int64_t seconds_as_if_utc(const std::string& local) {
  return milliseconds_of(local).value_or(0) / 1000;
}

/// The first second behind what a local time stands for: of "2026-11-22", the next midnight.
std::string end_of(const std::string& time) {
  constexpr std::size_t kToTheYear = 4;
  constexpr std::size_t kToTheMonth = 7;
  constexpr std::size_t kToTheHour = 13;
  if (time.size() == kToTheYear) return beginning_of(fmt::format("{:04}", std::stoi(time) + 1));
  if (time.size() == kToTheMonth) {
    const int month = std::stoi(time.substr(5));
    return beginning_of(month == 12 ? fmt::format("{:04}-01", std::stoi(time.substr(0, 4)) + 1)
                                    : fmt::format("{}-{:02}", time.substr(0, 4), month + 1));
  }
  const std::int64_t seconds = time.size() == kToTheDay      ? 86400
                               : time.size() == kToTheHour   ? 3600
                               : time.size() == kToTheMinute ? 60
                                                             : 1;
  return without_z(utc_time_of(seconds_as_if_utc(beginning_of(time)) + seconds));
}

enum class End : std::uint8_t { since, until };

class Reader {
 public:
  Reader(const World& world, std::optional<TimeZone> zone) : now_(world.now_seconds), zone_(zone) {}

  /// The text as the beginning or the end of a TimeSpan.
  std::string read(const std::string& text, End end) const {
    if (text.empty()) return {};
    if (const auto seconds = parse_duration_seconds(text))
      return without_z(utc_time_of(std::max<std::int64_t>(0, now_ - *seconds)));
    if (text == "today") return of_local(day(now_), end);
    if (text == "yesterday") return of_local(day_before(day(now_)), end);
    if (has_offset(text)) {
      const bool has_seconds = text[kToTheMinute] == ':';
      return utc_time(text).substr(0, has_seconds ? kToTheSecond : kToTheMinute);
    }
    return text.ends_with('Z') ? without_z(text) : of_local(text, end);
  }

 private:
  std::string day(std::int64_t seconds) const {
    const std::string time = utc_time_of(seconds);
    return (zone_ ? zone_->local_time(time) : time).substr(0, kToTheDay);
  }

  static std::string day_before(const std::string& day) {
    return utc_time_of(seconds_as_if_utc(beginning_of(day)) - 86400).substr(0, kToTheDay);
  }

  /// In UTC a time stands for all that it begins, as a TimeSpan takes it.
  std::string of_local(const std::string& time, End end) const {
    if (!zone_) return time;
    const std::int64_t seconds = end == End::since ? zone_->seconds_of(beginning_of(time))
                                                   : zone_->seconds_of(end_of(time)) - 1;
    return without_z(utc_time_of(std::max<std::int64_t>(0, seconds)));
  }

  std::int64_t now_;
  std::optional<TimeZone> zone_;
};

/// A day that begins there is named by its date alone, as by those who name no time.
std::string beginning_in(const TimeZone& zone, const std::string& time) {
  constexpr std::string_view kMidnight = "T00:00:00";
  std::string local = zone.local_time(time + "Z");
  if (local.ends_with(kMidnight)) local.erase(local.size() - kMidnight.size());
  return local;
}

}  // namespace

std::string check_time_zone(const std::string& name) {
  return name == "UTC" || TimeZone::named(name)
             ? std::string()
             : "invalid time zone \"" + name + "\"; use a name such as Europe/Berlin or UTC";
}

std::optional<TimeZone> time_zone_named(const std::string& name) {
  return name.empty() || name == "UTC" ? std::nullopt : TimeZone::named(name);
}

void add_time_options(OptionSet set, TimeOptions& options) {
  set.add("--since", options.since,
          "Only calls from TIME on, such as 2026-11-22, 2026-11-22T03:04:05Z, "
          "2026-11-22T09:00+02:00, 7d or today",
          {.name = "TIME", .check = check_time});
  set.add("--until", options.until,
          "Only calls up to and including TIME; a date means the whole day",
          {.name = "TIME", .check = check_time});
  set.add("--active-within", options.active_within,
          "Only calls of the last DURATION, such as 90s, 30m, 24h or 7d",
          {.name = "DURATION", .check = check_duration});
  set.add("--timezone", options.zone, "Take dates and days in ZONE, such as Europe/Berlin",
          {.name = "ZONE", .check = check_time_zone, .default_text = "UTC"});
}

std::optional<TimeZone> TimeOptions::time_zone() const { return time_zone_named(zone); }

TimeSpan TimeOptions::span(const World& world) const {
  const Reader reader(world, time_zone());
  TimeSpan span{reader.read(since, End::since), reader.read(until, End::until)};
  if (!active_within.empty()) {
    const long long start = world.now_seconds - parse_duration_seconds(active_within).value_or(0);
    span.since = std::max(span.since, without_z(utc_time_of(start)));
  }
  if (const auto in = time_zone()) {
    if (!span.since.empty()) span.local_since = beginning_in(*in, span.since);
    if (!span.until.empty()) span.local_until = in->local_time(span.until + "Z");
  }
  // The end is included, down to its last digit: 2026-11-22 lasts until midnight.
  if (!span.since.empty() && !span.until.empty() &&
      span.since.compare(0, span.until.size(), span.until) > 0) {
    throw UsageError(fmt::format(
        "{} starts after --until {}",
        active_within.empty() ? "--since " + since : "--active-within " + active_within, until));
  }
  return span;
}

}  // namespace usagectl
