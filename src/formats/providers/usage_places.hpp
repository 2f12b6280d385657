#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialects/catalogue.hpp"
#include "dialects/usage_values.hpp"
#include "formats/reading/surroundings.hpp"
#include "input/json/json.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// A call that a usage object lists and leaves out of its own counts.
struct CallBeside {
  UsageValues values;
  std::string pointer;  ///< below the usage object: "/iterations/0"
  std::string type;
};

/// A usage object in a document.
struct FoundUsage {
  UsageValues values;
  std::string pointer;  ///< below the document
  Surroundings about;   ///< where a search found it; otherwise the response around it tells
  std::vector<KeySeen> keys = {};             ///< where the observations wants them
  std::optional<UsageValues> breakdown = {};  ///< what its own list of parts adds up to
  std::vector<CallBeside> beside = {};        ///< listed there, and not in its sum
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
/// The same; notes whether anything that may be usage was not looked into.
std::vector<FoundUsage> search_usage(const Catalogue& catalogue, const Json& body,
                                     bool& any_unsaid);

/// Whether such a search finds any, without looking further than the first.
bool any_usage(const Catalogue& catalogue, const Json& body);

/// Whether what a search found can be counted: one usage object, or several of a dialect that
/// reports sums apart from each other (usage reports by bucket or by model). Of any other set, no
/// one says which of them are parts of which, and adding them up would be a guess.
bool is_countable(const Catalogue& catalogue, const std::vector<FoundUsage>& found);

/// The same for what a search would find, which is not kept: a large document may hold many.
bool holds_countable_usage(const Catalogue& catalogue, const Json& body);

/// Whether each is a call of who takes part in one piece of work, as the name of its place says:
/// "attacker_usage" beside "target_usage". A total of theirs among them is taken out. Not where one
/// is the sum of the others, and is not called so.
bool take_participants(const Catalogue& catalogue, std::vector<FoundUsage>& found);

/// What a response says of itself: id, model, time, and what stands beside its usage.
Surroundings surroundings_of(const Catalogue& catalogue, const Json& body);

}  // namespace usagectl
