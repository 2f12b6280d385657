#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/columns/call_columns.hpp"
#include "input/json/json.hpp"

namespace usagectl {

/// Maps side by side that count for the same names: {"input_tokens_by_model": {"a": 12, "b": 30},
/// "output_tokens_by_model": {"a": 3, "b": 7}} is the usage of a and of b.
struct CountMaps {
  struct Map {
    std::string_view key;                                   ///< of the map
    std::string name;                                       ///< of what it counts: "input_tokens"
    std::vector<std::pair<std::string_view, Json>> counts;  ///< sorted by name
  };
  std::vector<Map> maps;
  std::vector<std::string_view> names;  ///< "a" and "b", in the order of the first map

  InputAndOutput sums() const;
  /// Under which one map of usage objects says the same.
  std::string key() const;
  /// What was counted for one of the names, as a usage object.
  std::string usage(std::string_view of) const;
};

/// The maps of an object. Nothing unless there are maps for input and for output, something says
/// that their keys are names, and those are no counters.
std::optional<CountMaps> maps_of_counts(const Json& object);

}  // namespace usagectl
