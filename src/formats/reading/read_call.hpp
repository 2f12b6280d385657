#pragma once

#include <optional>
#include <string_view>

#include "dialects/envelope.hpp"
#include "formats/reading/format.hpp"
#include "input/json/json.hpp"
#include "model/observations.hpp"
#include "model/place.hpp"

namespace usagectl {

/// Reads a usage object whose dialect is known from where it stands, and says what is wrong with
/// it. The record has all that the object tells; nothing when it was rejected.
std::optional<UsageRecord> read_call(const Json& usage, std::string_view dialect,
                                     std::string_view format, Place&& place,
                                     const FileContext& file, Observations& observations);

/// The same for a usage object whose dialect its keys and its surroundings tell.
std::optional<UsageRecord> recognise_call(const Json& usage, const Envelope& envelope,
                                          std::string_view format, Place&& place,
                                          const FileContext& file, Observations& observations);

/// Says that a usage that is told twice is told with the same input, output and total. `record`
/// counts.
void compare_copy(const UsageRecord& record, const Counts& copy, const Place& place,
                  Observations& observations);

/// Says that a session belongs to a provider or the like, where that is told.
void add_scope(UsageRecord& record, std::string_view key, std::string_view value);

}  // namespace usagectl
