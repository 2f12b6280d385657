#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "formats/layouts/layout.hpp"
#include "input/json/json.hpp"
#include "model/observations.hpp"
#include "model/tally.hpp"

namespace usagectl {

/// Where a value of a document is: its concrete keys from the outside in.
using PlaceTokens = std::vector<std::string>;

/// The JSON pointer of the first ones of them.
std::string pointer_of(const PlaceTokens& tokens, std::size_t end);

/// "/calls/* and /retries/*"
std::string names_of(const std::vector<PathPattern>& patterns);

/// The records at that place, by their numbers in the layout: their conditions differ.
std::vector<std::size_t> records_at(const Layout& layout, const PathPattern& place);

/// A record of a layout, as its claims look at it.
struct ClaimedRecord {
  std::size_t index = 0;  ///< in Layout::records
  const PlaceTokens* tokens = nullptr;
  UsageRecord* record = nullptr;  ///< is made a part of the groups of the claims that sum it up
  /// Keys of its counters, where it is the only one at its place.
  std::vector<std::pair<Counter, std::string>> keys;
};

/// What records claim to be the sum of, and their parts.
struct ClaimedSum {
  Tally given;   ///< as written
  Tally solved;  ///< in the words of every report
  std::uint64_t with_own_total = 0;
  Place place;
  std::vector<std::pair<Counter, std::string>> keys;
  std::uint64_t parts = 0;
  bool misses_parts = false;
  bool is_crowded = false;  ///< a part belongs to as many other groups as it can
  GroupId group = 0;        ///< its parts

  void add(const ClaimedRecord& record);
  /// The counters that it claims. `is_provable`: all of its parts are known.
  std::vector<ClaimedNumber> numbers(bool is_provable) const;
  /// What it says that its parts cost together.
  std::optional<Cost> cost() const;
  std::string cost_key;  ///< of the last record with a cost
};

/// Why a sum of records that belong to too many others is not checked.
inline constexpr std::string_view kCrowded = "its records belong to more sums than are checked";

/// Makes the record a part of the group. Returns whether there is a place for one more group in it.
bool add_to_group(UsageRecord& record, GroupId group);

/// The value of a record that a claim tells records apart by: "model", "day" or a name of a scope.
std::string_view value_by(const UsageRecord& record, std::string_view by);

/// A number that a claim is about.
struct ClaimedPart {
  PlaceTokens tokens;
  std::optional<Count> count;
  bool is_fault = false;
  bool is_told_again = false;  ///< the count is what the call reports more than before
};

ClaimedPart seen_number(const PlaceTokens& tokens, const Json& value);

/// Numbers of calls that may be reported again: a call is one part, and what it repeats is no
/// growth.
class NumbersOfCalls {
 public:
  /// The numbers that come next, at and below these tokens, are of this call. Returns false where
  /// it was reported before.
  bool begin_call(std::size_t index, const PlaceTokens& tokens, const UsageRecord& record);
  void end_call() { call_.clear(); }
  /// The number, or what it adds where its call was reported before.
  ClaimedPart growth(std::size_t index, ClaimedPart seen);
  void clear();

 private:
  std::unordered_set<std::string> calls_;
  std::string call_;  ///< empty = none
  PlaceTokens call_tokens_;
  std::unordered_map<std::string, Count> told_;  ///< by number and call
};

}  // namespace usagectl
