#pragma once

#include <vector>

#include "formats/inference/usage_relations.hpp"

namespace usagectl {

/// Keeps what is usage: objects with a weak name are where their numbers are those of others that
/// are. Weak ones that agree with each other may be two tellings of anything. What looks like usage
/// and is left out all the same is `doubtful`. False when nothing remains.
bool keep_sure_usage(std::vector<const PlaceNode*>& places, UsageRelations& found,
                     std::vector<const PlaceNode*>& doubtful);

}  // namespace usagectl
