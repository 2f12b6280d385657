#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "dialects/catalogue.hpp"
#include "dialects/usage_reading.hpp"
#include "formats/reading/format.hpp"
#include "input/json/json.hpp"
#include "model/observations.hpp"
#include "model/place.hpp"

namespace usagectl {

/// What is known of a message of a Claude Code session besides its usage.
struct ClaudeMessage {
  std::string_view id;
  std::string_view request_id;
  std::string_view model;
  std::string_view session;
  std::string_view uuid;  ///< of the line; stands in where there is no other id
  std::string time;
  bool is_sidechain = false;  ///< a conversation beside the main one
  CostOfRecord cost;          ///< as the line states it
};

/// Turns the messages of Claude Code sessions into records, for every layout they are kept in. What
/// is told of one session in several files is one unit.
class ClaudeMessages {
 public:
  /// `unit_key` names the unit of messages whose session is not told.
  ClaudeMessages(const FileContext& file, std::string_view format, std::string unit_key);

  /// Reads the usage in `holder`, which stands at `place` and may lack one. Returns its counts
  /// where it has any.
  std::optional<Counts> take(ClaudeMessage&& message, const Json& holder, Place&& place,
                             Observations& observations);
  /// The same for a usage that was put together from several events.
  std::optional<Counts> take(ClaudeMessage&& message, const UsageValues& values, Place&& place,
                             Observations& observations);

  UnitId unit_of(std::string_view session, Observations& observations);
  const Catalogue& catalogue() const { return catalogue_; }

 private:
  UsageReading read(const UsageValues& values) const;
  void take_calls_inside(const UsageRecord& message, const Json& usage, Observations& observations);
  std::optional<Counts> take(ClaudeMessage&& message, const UsageValues& values, const Json& usage,
                             Place&& place, Observations& observations);

  std::string_view format_;
  std::string unit_key_;
  const Catalogue& catalogue_;
  bool wants_keys_;
  const Dialect* dialect_;
  std::string last_session_;
  std::optional<UnitId> last_unit_;  ///< of that session
  std::unordered_map<std::string, UnitId> units_;
};

}  // namespace usagectl
