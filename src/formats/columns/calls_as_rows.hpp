#pragma once

#include <optional>
#include <string>

#include "input/json/json.hpp"

namespace usagectl {

/// The document with lists or maps that stand side by side as rows, under the name of the first of
/// them: see CallColumns and CountMaps. Nothing where it has none within the first items and
/// members of what it holds.
std::optional<std::string> with_calls_as_rows(const Json& document);

}  // namespace usagectl
