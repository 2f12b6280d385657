#pragma once

#include <string>
#include <vector>

#include "formats/inference/usage_relations.hpp"

namespace usagectl {

/// Usages that are all counted and may be one, told twice: nothing proves that they are, and
/// nothing that they are not. For people, one line each.
std::vector<std::string> find_open_relations(const PlaceNode& document,
                                             const std::vector<ToldUsage>& usages);

/// The names of the places, for people.
std::string text_of(const std::vector<const PlaceNode*>& places);

}  // namespace usagectl
