#pragma once

#include <optional>
#include <string>

#include "base/time_zone.hpp"
#include "cli/options/option_set.hpp"
#include "cli/output/world.hpp"
#include "ledger/books/time_span.hpp"

namespace usagectl {

/// Selects records by their time.
struct TimeOptions {
  std::string since;
  std::string until;
  std::string active_within;
  std::string zone;  ///< of the times above and of days, weeks and months; empty = UTC

  /// Throws UsageError when the span is empty.
  TimeSpan span(const World& world) const;
  /// Nothing for UTC.
  std::optional<TimeZone> time_zone() const;
};

/// Says why a text is no time zone; empty when it is one.
std::string check_time_zone(const std::string& name);
/// Nothing for UTC, and for an empty name.
std::optional<TimeZone> time_zone_named(const std::string& name);

void add_time_options(OptionSet set, TimeOptions& options);

}  // namespace usagectl
