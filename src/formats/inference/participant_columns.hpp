#pragma once

#include <string>
#include <vector>

#include "input/json/json.hpp"
#include "model/counts.hpp"

namespace usagectl {

/// What one who takes part in a piece of work used, as the columns of a row say.
struct ParticipantCounts {
  std::string participant;
  Counts counts;
};

/// A row whose columns count for each who takes part: {"attacker_prompt_tokens": 12,
/// "attacker_completion_tokens": 3, "target_prompt_tokens": 30, "target_completion_tokens": 7}.
/// Nothing where fewer than two take part, or where the row counts tokens under other names that
/// are not the sum of theirs.
std::vector<ParticipantCounts> participants_of(const Json& row);

/// The counts as a usage object in the usual words.
std::string usage_object_of(const Counts& counts);

}  // namespace usagectl
