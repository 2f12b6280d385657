#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "dialects/catalogue.hpp"
#include "dialects/costs/stated_cost.hpp"
#include "dialects/envelope.hpp"
#include "dialects/field_names.hpp"
#include "input/json/json.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// The surroundings of a usage object, kept beyond the life of its document.
struct Surroundings {
  std::string object;
  std::string type;
  std::string id;
  std::string row;             ///< the id of a span, or of what else others may stand below
  std::string above;           ///< the id of the row above it
  bool is_in_tree = false;     ///< it says which row is above it, or that none is
  bool is_from_cache = false;  ///< it says that a cache of answers had it
  bool is_failure = false;     ///< it says that the call failed, and counts nothing
  std::string model;
  std::string time;  ///< RFC 3339 UTC
  std::string provider;
  std::string session;
  std::string run;  ///< a thread or a trace, too
  std::string project;
  std::string key;   ///< the id or name of the API key, never the key
  std::string tier;  ///< of service, where it is not the standard one
  SiblingSet siblings;
  bool known = false;
  SumOfCalls sums;
  StatedCost cost;  ///< beside the usage object; that of what is around it is not taken over
  bool id_is_vague = false;  ///< it stands under "id" in what is no provider's answer

  Envelope envelope(std::string_view path) const {
    return {known, object, type, id, model, path, siblings};
  }
  /// Makes it empty, and keeps its room.
  void clear();
  /// Takes what the other has and this lacks.
  void complete_with(const Surroundings& other);
};

/// Whether a name on the way to a place says that what stands there is a sum: "/totals/usage".
bool is_below_a_sum(std::string_view pointer);
/// The same of names that say so of usage: "/total_usage". A call may be called so, too.
bool is_below_a_total(std::string_view pointer);

/// Whether what stands at a place is called a total so far: "/cumulative_usage".
bool is_called_so_far(std::string_view pointer);

/// Whether a name counts calls: "requests", "call_count".
bool says_calls(std::string_view name);

/// What a line of somebody's own says that may make it the sum of other lines.
SumOfCalls sums_said_by(const Json& line);

/// "unknown", "n/a", an id of zeros: what is written where there is no id.
bool is_no_id(std::string_view id);

/// The tier of service that a usage object names; empty where it is the standard one.
std::string_view tier_of_usage(const Json& usage);

/// What the name of a member says, whatever its value is.
struct MemberName {
  LineField field = LineField::none;
  std::optional<std::size_t> sibling;
  bool says_calls = false;
  bool is_total_key = false;
  bool may_name_cost = false;
  bool is_kind = false;           ///< its value may be the word for a sum: "type", "level"
  bool is_label = false;          ///< the same where a name should be: "model", "id"
  bool may_be_row_label = false;  ///< its value may be "Average", or "last 7 days"
  bool may_say_end = false;       ///< its value may say that a run is over: "type", "msg"
  bool is_flag_of_sum = false;    ///< that it is true may say that the row is a sum: "is_total"
};
MemberName member_named(const Catalogue& catalogue, std::string_view name);

bool says_anything(const SumOfCalls& sums);
/// Whether the text of a member may make its line the sum of others.
bool says_of_sums(const MemberName& named, std::string_view text);

/// Adds what the members of an object say; what is known already stays.
void describe(const MemberName& named, std::string_view name, const Json& value,
              Surroundings& about);
void describe(const Catalogue& catalogue, std::string_view name, const Json& value,
              Surroundings& about);
void describe(const Catalogue& catalogue, const Json& object, Surroundings& about);

}  // namespace usagectl
