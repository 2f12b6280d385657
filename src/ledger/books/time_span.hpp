#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace usagectl {

/// A stretch of time, in RFC 3339 UTC or the beginning of it: "2026-11-22", "2026-11-22T03". Both
/// ends belong to it; an empty end is open.
struct TimeSpan {
  std::string since;
  std::string until;
  /// The same ends in the time zone that was asked for, of times that do not name theirs, and of
  /// dates; empty = as above.
  std::string local_since = {};
  std::string local_until = {};

  bool is_unbound() const { return since.empty() && until.empty(); }
  /// False for a record without a time: it is not known to be inside.
  bool holds(std::string_view time) const;
};

/// Whether a text is a time as TimeSpan takes it.
bool is_time(std::string_view text);

/// "24h", "30m", "7d", "90s" in seconds.
std::optional<long long> parse_duration_seconds(std::string_view text);

}  // namespace usagectl
