#pragma once

#include <vector>

#include "formats/layout.hpp"
#include "formats/place_tree.hpp"

namespace usagectl {

/// A claim about numbers that are no counters.
struct NumberRelation {
  LayoutClaim claim;
};

/// Finds numbers that count what stands below them, by name and number: a task_count beside the tasks
/// of its agents, a total_sessions beside a list of sessions; and running totals in a list. What is
/// neither equal nor nearly so is taken for something else.
std::vector<NumberRelation> find_number_relations(const PlaceNode& document);

}  // namespace usagectl
