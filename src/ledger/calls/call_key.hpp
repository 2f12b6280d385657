#pragma once

#include <optional>
#include <string_view>

#include "ledger/calls/known_calls.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// A record without an id of its own may have a second one, which nothing else has: the moment and
/// the numbers of the call, or all that its list holds up to its place, and behind a tab the front
/// of the list, which is left empty where that is too short to prove anything.
bool is_marked(const UsageRecord& record);

/// "req-0" begins anew in the next run: another hour is another call.
bool has_short_id(const UsageRecord& record);

/// What tells the call apart from all others, if anything does. `space` is where its id is told
/// apart, in the name of the first one that it continues.
std::optional<KnownCalls::Key> call_key(const UsageRecord& record, std::string_view space);

}  // namespace usagectl
