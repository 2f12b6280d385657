#pragma once

#include <map>
#include <set>

#include "formats/inference/place_tree.hpp"

namespace usagectl {

/// The list rows that the objects of a place stand in, one in each; nullptr where there are none.
const PlaceNode* row_of(const PlaceNode& place);
/// Which of the lists an object stands in.
std::size_t list_of(const PlaceNode& place, std::size_t instance, const PlaceNode& row);

/// The last usage object of a place in each of the lists that it stands in.
std::map<std::size_t, Counts> last_in_lists(const PlaceNode& place, const PlaceNode& row);

/// Places of a list whose usage objects are totals so far, each of which holds those before it.
/// Their names say so, or each is the one before and what another object of its row tells, or they
/// never fall and an object beside them tells what the last one does. That they grow with time is
/// no proof: the calls of a conversation do as well, and the ledger says where they may be totals.
std::set<const PlaceNode*> find_running_totals(const PlaceNode& document);

}  // namespace usagectl
