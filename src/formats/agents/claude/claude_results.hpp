#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "dialects/usage_reading.hpp"
#include "model/count.hpp"
#include "model/counts.hpp"
#include "model/observations.hpp"
#include "model/place.hpp"
#include "model/usage_record.hpp"

/// What the results of a Claude Code session tell, and what they say against its messages.
namespace usagectl::claude {

/// Sums, as far as they are known and fit.
using Sums = std::map<Counter, ExactSum>;

void add(Sums& sums, const Counts& counts);
void subtract(Sums& sums, const Counts& counts);

/// What one result tells of one model.
struct ModelUsage {
  UsageRecord record;
  UsageReading reading;
};

struct Result {
  std::map<std::string, ModelUsage> models;
  Place place;
  std::string uuid;
  Counts own;  ///< of the main loop since the result before; empty = not told

  Sums sums() const;
  /// Everything that the other one holds, and perhaps more.
  bool holds(const Result& other) const;
};

/// One session in a capture.
struct Session {
  std::map<std::string, Counts> messages;  ///< the fullest report of each, by its id
  Place place;                             ///< of the last one
  Sums told;                               ///< of all messages so far
  Sums told_before_result;                 ///< of those before the last result
  std::uint64_t messages_before_result = 0;
  bool has_helpers = false;
  std::string model;             ///< of the last message
  std::optional<Result> result;  ///< the last one, unless it was counted
  Sums counted;                  ///< of results that no later one holds
  bool has_counted = false;
};

/// Whether a result is the last one and what was said since. A process sums up all of its turns;
/// one that goes on with the session later on begins at 0.
bool goes_on(const Session& session, const Result& now);

/// Messages are printed when their output has only begun.
void say_cut(const Session& session, Observations& observations);

/// A whole holds at least its parts. `pointer`: where the whole stands below the place.
void say_if_less(const Sums& whole, const Sums& parts, const Place& place, std::string_view pointer,
                 std::string basis, std::string_view explanation, Observations& observations);

/// A result holds at least what the messages before it say.
void compare_messages(const Session& session, Observations& observations);

}  // namespace usagectl::claude
