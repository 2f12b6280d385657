#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "formats/layouts/layout.hpp"
#include "input/json/json.hpp"

namespace usagectl {

/// The member of that name, or the item of that number; absent where there is none.
Json member_of(const Json& value, std::string_view token);

/// The value that a path without * leads to; absent where it leads nowhere.
Json follow(Json value, const PathPattern& path);

/// Whether the pattern leads to a value other than null.
bool leads_somewhere(const Json& value, const PathPattern& pattern);

/// Whether a value is what the condition asks for. Not for conditions of groups.
bool is_as_asked(const Json& value, const Condition& condition);
/// The same of a text that an earlier line gave.
bool is_as_asked(std::string_view text, const Condition& condition);

/// The same of any value that a pattern leads to.
bool any_as_asked(const Json& value, const PathPattern& pattern, const Condition& condition);

/// Whether all that a layout is known by is in the object, and a record at one of its places.
bool is_object_of(const Layout& layout, const Json& object);

/// Which of Layout::in holds such an object, among its first ones; 0 where the layout names none.
/// Nothing for a document of another layout.
std::optional<std::size_t> entry_of(const Layout& layout, const Json& document);

/// Whether a document is of this layout.
bool fits(const Layout& layout, const Json& document);

}  // namespace usagectl
