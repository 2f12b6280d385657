#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/cost.hpp"
#include "model/counts.hpp"
#include "model/place.hpp"
#include "model/statistic.hpp"

namespace usagectl {

/// What a usage object says it is.
enum class Role : std::uint8_t {
  request,     ///< one call
  aggregate,   ///< a sum that somebody claims
  cumulative,  ///< a running total
  copy,        ///< a call reported again
};

std::string_view name_of(Role role);

/// A unit is the smallest set of records that describes the same usage: a model's block in one
/// file, a simulation, a thread. Numbered by the observations that hold the records.
using UnitId = std::uint32_t;

/// A group is a set of records that some claim is about. 0 = none.
using GroupId = std::uint32_t;

/// One way in which a unit's usage is broken down: by entities, by ticks, as one total. Every view
/// of a unit describes the same usage, so a sum takes exactly one of them: the one of lowest rank,
/// or the one that can answer the grouping asked for. Lower ranks are finer or more trusted.
struct View {
  static constexpr std::uint8_t kNeverCounted = 255;
  std::uint8_t rank = 0;
  std::string_view name = "requests";  ///< static storage
  bool is_usage = true;  ///< false: it lists something else that can be grouped, such as chains
};

/// A name that a record can be grouped by, beside model and file.
using ScopeEntry = std::pair<std::string_view, std::string>;  ///< key in static storage

/// Whether the counts of a record are a running total of its unit's series: what it tells of is its
/// growth since the one before it, in whatever file that stands.
enum class Running : std::uint8_t {
  no,
  total,                ///< after what was used
  before_its_requests,  ///< where the total stood when the unit's own requests began
};

/// A key of a usage object as it was written: "completion_tokens_details.reasoning_tokens".
struct KeySeen {
  std::string_view path;  ///< kept for as long as the program runs
  bool is_null = false;
  std::optional<Count> count = {};  ///< a whole number
};

/// What it says when the id of a call stands again, in any file.
enum class SameId : std::uint8_t {
  nothing,  ///< several calls may have it
  copy,     ///< the same call: counted once when its numbers are the same
  growth,   ///< the same call, perhaps with more of it known by then: the fullest report counts
};

/// What an object says that may make it the sum of the calls of its file.
struct SumOfCalls {
  bool is_named_so = false;     ///< "type": "summary", or it stands under "totals"
  bool has_total_keys = false;  ///< "total_input_tokens"
  /// A label or a key of it is "Total" or "total_usage": it is the sum if the numbers say so too.
  bool is_called_so = false;
  /// "type": "run_end": it is the sum of the run if the numbers say so too.
  bool is_called_end = false;
  Statistic statistic = Statistic::none;  ///< a label of it says so: "Average"
  /// "last 7 days": how long the window of time is that it sums up; 0 = it says none.
  std::uint32_t window_hours = 0;
  bool is_so_far = false;  ///< it stands under "cumulative_usage": a total of the calls before it
  std::optional<Count> calls;  ///< how many calls it says that it tells of
};

/// A row that says below which other row of its file it is, such as a span: hashes of the ids.
struct RowInTree {
  std::size_t id = 0;        ///< 0 = not said
  std::size_t other_id = 0;  ///< of a row that has two
  std::size_t above = 0;     ///< of the row above it; 0 = none
  bool is_any = false;       ///< it says so
};

/// One usage object found at one place, with its counts in the words of every machine output.
struct UsageRecord {
  Place place;
  std::string_view format;   ///< id, static storage
  std::string_view dialect;  ///< id, static storage or as long-lived as the catalogue
  Role role = Role::request;
  Running running = Running::no;
  UnitId unit = 0;
  View view;
  std::array<GroupId, 3> parts_of{};  ///< groups whose claims this record is a part of
  std::string id;                     ///< of the call; empty = not given
  SameId same_id = SameId::nothing;
  std::string second_id;  ///< tells calls with the same id apart; empty = may be any of them
  std::string id_space;   ///< where ids are told apart, see ContinuedSpace; empty = everywhere
  std::string model;      ///< empty = not given
  std::string time;     ///< RFC 3339 UTC, without Z where the zone is not known; empty = not given
  Count number = 0;     ///< its place in a numbering from 1; 0 = not numbered
  bool failed = false;  ///< the call is said to have failed
  std::vector<ScopeEntry> scope;
  SumOfCalls sums;
  RowInTree row;
  Counts counts;
  Counts given;       ///< as written, before any meaning; empty where the format has no dialect
  CostOfRecord cost;  ///< as the file states it; nullptr where it states none
  /// The part of what was written to the cache that lives an hour, where the file says so.
  std::optional<Count> cache_write_1h;
  std::vector<KeySeen> keys;  ///< only where FileContext::wants_keys
};

/// The value of a scope key, or nullptr.
const std::string* scope_value(const UsageRecord& record, std::string_view key);

}  // namespace usagectl
