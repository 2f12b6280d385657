#pragma once

#include <vector>

#include "formats/inference/place_tree.hpp"
#include "formats/inference/usage_relations.hpp"
#include "formats/layouts/layout.hpp"

namespace usagectl {

/// Finds numbers that count things which can be added up, by name and number: a task_count beside
/// the tasks of its agents, a total_sessions beside a list of sessions, the calls of a total and of
/// its parts; and running totals in a list. What is neither equal nor nearly so is taken for
/// something else.
std::vector<LayoutClaim> find_number_claims(const PlaceNode& document,
                                            const std::vector<FoundRelation>& relations);

}  // namespace usagectl
