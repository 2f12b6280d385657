#pragma once

#include <string_view>

#include "input/json/json.hpp"

namespace usagectl {

/// The entries of a dialects file: the list that it is, or the one in what `usagectl dialects
/// --format json` prints. Null if the file is one entry. Throws InputError.
Json dialect_list_in(const Json& root, std::string_view file);

}  // namespace usagectl
