#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/counts.hpp"
#include "model/finding.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// How the asserted number must stand to the calculated one.
enum class Relation : std::uint8_t { equals, at_most, at_least };

/// One number of a claim: asserted under a key of the claiming object.
struct ClaimedNumber {
  Counter counter = Counter::total;
  std::string key;  ///< the key that holds it, appended to the claim's pointer
  Count asserted = 0;
};

/// "These numbers are the sums over that group of records." Resolved when everything that the
/// group can hold has been read: the parts may stand in other files.
struct SumClaim {
  Place place;           ///< of the object that claims
  GroupId group = 0;     ///< the parts
  std::string parts;     ///< what the parts are called: "per_request_details", "entities"
  std::vector<ClaimedNumber> numbers;
  /// The writer adds 0 for a part that lacks the counter, so such parts do not make it unprovable.
  bool missing_is_zero = false;
};

/// "There are N members in that group": N asserted at the place.
struct CountClaim {
  Place place;        ///< of the number itself
  GroupId group = 0;
  std::string parts;  ///< what is counted: "logs"
  std::string_view counter;
  Count asserted = 0;
  Relation relation = Relation::equals;  ///< asserted RELATION number of members
  Severity severity = Severity::error;
  std::string_view cause;
  std::string explanation;  ///< said when it does not hold
};

/// "The members of that group are numbered 1..N without gap or repeat."
struct SequenceClaim {
  Place place;
  GroupId group = 0;
  std::string parts;
  Count last = 0;  ///< N
};

/// One member of a group that is not a usage record: an output, a numbered log.
struct Member {
  GroupId group = 0;
  Count number = 0;  ///< its place in the numbering; 0 = not numbered
  std::uint64_t times = 1;
};

}  // namespace usagectl
