#pragma once

#include <optional>
#include <string>
#include <vector>

#include "formats/columns/call_columns.hpp"
#include "input/json/json.hpp"

namespace usagectl {

/// A document with lists or maps that stand side by side as rows, under the name of the first of
/// them: see CallColumns and CountMaps.
struct WithRows {
  std::string text;
  std::vector<InputAndOutput> sums;  ///< of the rows of each
};

/// Nothing where the document has none within the first items and members of what it holds.
std::optional<WithRows> with_calls_as_rows(const Json& document);

}  // namespace usagectl
