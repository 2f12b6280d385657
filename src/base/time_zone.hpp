#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace date {
class time_zone;
}

namespace usagectl {

/// A zone of the IANA database, such as Europe/Berlin. Cheap to copy.
class TimeZone {
 public:
  /// Nothing if the database of the system has no such zone.
  static std::optional<TimeZone> named(const std::string& name);

  /// "2026-11-22T23:30:00Z" -> "2026-11-23T00:30:00", down to the second. A time without Z, whose
  /// zone is not known, and a date alone stay as they are.
  std::string local_time(std::string_view utc_time) const;

  /// The moment of a local time to the second, "2026-11-23T00:30:00", in seconds since 1970. A time
  /// that exists twice is the first one; one that is skipped is the moment of the change.
  std::int64_t seconds_of(std::string_view local_time) const;

 private:
  explicit TimeZone(const date::time_zone* zone) : zone_(zone) {}
  const date::time_zone* zone_;
};

/// "2026-11-22…" -> "2026-W47", the week of ISO 8601. Empty for what does not begin with a date.
std::string iso_week_of(std::string_view time);

}  // namespace usagectl
