#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "formats/inference/usage_relations.hpp"

namespace usagectl {

/// Whether every usage object of the one view has the numbers of another object of the other one,
/// and chance did not make them so: copies, or the last of the others once more. Of a
/// selection small numbers will do.
bool are_copies(const UsageView& few, const UsageView& many, bool is_selection = false);

/// "most_expensive", "top_models": a selection of its siblings.
bool is_called_selection(std::string_view name);

/// Whether both have an object with the same numbers, which chance did not make so.
bool share_a_row(const UsageView& a, const UsageView& b);

/// How many objects with any tokens a view has.
std::size_t number_of_rows(const UsageView& view);

/// The ids of the calls of a view; nothing where one has none.
std::optional<std::set<std::string>> ids_of(const UsageView& view);

}  // namespace usagectl
