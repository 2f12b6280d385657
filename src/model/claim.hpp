#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/cost.hpp"
#include "model/counts.hpp"
#include "model/finding.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// How an asserted number must stand to the calculated one.
enum class Relation : std::uint8_t { equals, at_most };

/// One number of a sum claim, under a key of the claiming object or on a line of a text.
struct ClaimedNumber {
  Counter counter = Counter::total;
  std::string key;         ///< appended to the claim's pointer; empty in a text
  std::uint64_t line = 0;  ///< in a text
  Count asserted = 0;
  /// at_most: parts may hold more; what they hold more is said as a note, in `excess` words.
  Relation relation = Relation::equals;
  std::string_view excess;  ///< static storage: "failed requests"
  /// Of a claim about parts as they are written: the number in the words of every report, where it
  /// is known. One of the two has to be what the parts add up to.
  std::optional<Count> solved = {};
  /// The object does not give the number itself: it follows from its input and output.
  bool is_derived = false;
};

/// "These numbers are the sums over that group of records." Resolved when everything that the
/// group can hold has been read: the parts may stand in other files.
struct SumClaim {
  Place place;                     ///< of the object that claims
  GroupId group = 0;               ///< the parts
  std::string parts;               ///< what the parts are called: "per_request_details", "entities"
  std::string_view part = "part";  ///< one of them, static storage: "request", "entity"
  std::vector<ClaimedNumber> numbers;
  /// What the object says that its parts cost together.
  std::optional<Cost> cost = {};
  /// What the object claimed when it was saved before, and how many parts it says there are, where
  /// it tells. Not checked here: they may explain why the sum fails.
  Counts before;
  Place before_place;
  std::optional<Count> said_parts;
  /// The parts are summed as they are written, repeats of a call included; see
  /// Observations::group_as_written.
  bool is_as_written = false;
  /// Nobody says that it is a sum: numbers and positions do.
  bool is_inferred = false;
  /// The writer adds 0 for a part that lacks the counter, so such parts do not make it unprovable.
  bool missing_is_zero = false;
  /// The parts are known to be all there, so that none of them add up to 0.
  bool none_is_zero = false;
  /// No parts at all: there is nothing to check, and that is no loss.
  bool parts_are_optional = false;
  /// Why it cannot be checked, whatever the group holds; empty = it can.
  std::string unprovable_because;
  /// With another number of parts the sum proves nothing; a CountClaim reports that number.
  std::optional<Count> only_with_parts;
};

/// "There are N members in that group": N asserted at the place.
struct CountClaim {
  Place place;  ///< of the number itself
  GroupId group = 0;
  std::string parts;  ///< what is counted: "tick logs"
  std::string_view counter;
  Count asserted = 0;
  bool parts_are_optional = false;
  /// Without a single member it cannot be proved: nothing lists them.
  bool unprovable_when_empty = false;
  /// Said as the cause when the calculated number is a multiple of the asserted one.
  std::string_view cause_of_multiple;
  /// When this group has more than `soft_above` members, an asserted number that is too small is
  /// only suspicious, and `soft_explanation` says why.
  GroupId soft_group = 0;
  Count soft_above = 0;
  std::string soft_explanation;
};

/// "The members of that group are numbered 1..N without gap or repeat."
struct SequenceClaim {
  Place place;
  GroupId group = 0;
  std::string parts;
  Count last = 0;  ///< N
};

/// A member of a group that is no usage record (an output), or the number of one that is (a log).
struct Member {
  GroupId group = 0;
  std::uint64_t times = 1;
  Count number = 0;  ///< its place in a numbering from 1; 0 = not numbered
};

/// A name that must stand only once in its group: a response id in the chains of a simulation.
struct UniqueName {
  GroupId group = 0;
  std::string name;
  std::string owner;  ///< who has it: "character henderson, intention_chain"
  Place place;
};

/// A mark that all members of a group must share: the generation of a format.
struct SharedMark {
  GroupId group = 0;
  std::string_view mark;  ///< static storage
  bool odd = false;       ///< blamed where marks differ
  std::string who;        ///< "character henderson"
  Place place;
};

}  // namespace usagectl
