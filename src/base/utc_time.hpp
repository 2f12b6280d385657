#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace usagectl {

/// A moment as RFC 3339 in UTC, from a text that names its zone. A text without a zone keeps its
/// time, without the Z of UTC, and a date alone stays one; empty for anything else.
std::string utc_time(std::string_view text);
/// Whether that is the text itself, in UTC to the second or closer: most times are written so.
bool is_utc_time(std::string_view text);

/// The same from seconds, milliseconds, microseconds or nanoseconds since 1970, by the number's
/// size.
std::string utc_time_of_epoch(double number);

/// The same from seconds since 1970; empty before that and after the year 9999.
std::string utc_time_of(std::int64_t seconds);
/// The same from milliseconds since 1970; a part of a second is told.
std::string utc_time_of_milliseconds(std::int64_t milliseconds);

/// Milliseconds since 1970 of such a text with a time of day, as if it were in UTC where it does
/// not say so; nothing for any other.
std::optional<std::int64_t> milliseconds_of(std::string_view utc_time);

}  // namespace usagectl
