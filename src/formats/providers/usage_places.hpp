#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialects/catalogue.hpp"
#include "dialects/envelope.hpp"
#include "dialects/usage_values.hpp"
#include "input/json/json.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// What stands around a usage object, kept beyond the life of its document.
struct Surroundings {
  std::string object;
  std::string type;
  std::string id;
  std::string model;
  std::string time;  ///< RFC 3339 UTC
  std::string provider;
  SiblingSet siblings;
  bool known = false;
  SumOfCalls sums;
  bool id_is_vague = false;  ///< it stands under "id" in what is no provider's answer

  Envelope envelope(std::string_view path) const {
    return {known, object, type, id, model, path, siblings};
  }
  /// Takes over what is told and was not known before.
  void complete_with(const Surroundings& other);
};

/// What a line of somebody's own says that may make it the sum of other lines.
SumOfCalls sums_said_by(const Json& line);

/// Whether a name on the way to a place says that what stands there is a sum: "/totals/usage".
bool is_below_a_sum(std::string_view pointer);
/// The same of names that say so of usage: "/total_usage". A call may be called so, too.
bool is_below_a_total(std::string_view pointer);

/// A usage object in a document.
struct FoundUsage {
  UsageValues values;
  std::string pointer;  ///< below the document
  Surroundings about;   ///< where a search found it; otherwise the response around it tells
  std::vector<KeySeen> keys = {};             ///< where the observations wants them
  std::optional<UsageValues> breakdown = {};  ///< what its own list of parts adds up to
  std::uint64_t objects = 1;                  ///< that were added up
  bool is_of_the_host = false;  ///< measured by who hosts the model, not by the model's provider
};

/// The usage objects of one response or of one event of a stream.
struct UsagePlaces {
  std::vector<FoundUsage> found;  ///< the first one counts, the others repeat it
  /// Usage objects that describe a part of the response, by the rule that sets them aside.
  std::vector<std::pair<std::string_view, std::uint64_t>> parts;
  /// "usage" holds token counts, and no dialect knows such a set of keys.
  bool unknown_vocabulary = false;
};

/// Looks in the documented places, in their order: usage, metadata.usage, and what providers use.
UsagePlaces find_usage(const Catalogue& catalogue, const Json& body);

/// Looks through the whole document, when the documented places hold nothing. A usage object inside
/// another one is a part of it.
std::vector<FoundUsage> search_usage(const Catalogue& catalogue, const Json& body);

/// Whether what a search found can be counted: one usage object, or several of a dialect that
/// reports sums apart from each other (usage reports by bucket or by model). Of any other set, no
/// one says which of them are parts of which, and adding them up would be a guess.
bool is_countable(const Catalogue& catalogue, const std::vector<FoundUsage>& found);

/// A line of a log of somebody's own making: names and numbers, and one usage object among them.
struct PlainLine {
  Json usage;
  UsageValues values;
  Surroundings about;
};

/// Reads a document as a plain line. False when there is more to it: then find_usage and its like
/// have to look, and would find the same where both can.
bool read_plain_line(const Catalogue& catalogue, const Json& document, PlainLine& line);

/// What a response says of itself: id, model, time, and what stands beside its usage.
Surroundings surroundings_of(const Catalogue& catalogue, const Json& body);

}  // namespace usagectl
