#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "formats/inference/place_tree.hpp"
#include "formats/layouts/layout.hpp"

namespace usagectl {

/// The rows of a list that sum up the rows below them, where rows say which is above them. By what
/// their ids are: a key of theirs, or of the object so far outward from the usage.
struct SumsOfTree {
  std::string key;
  std::size_t outward = 0;
  std::vector<std::string> ids;
  std::vector<std::string> unproved;  ///< of those that report more than the rows below them
  std::set<std::size_t> instances;    ///< of all of these
  bool is_doubtful = false;           ///< others may be sums as well, and nothing shows it
};
std::optional<SumsOfTree> sums_of_tree(const PlaceNode& place);

/// Leaves the sums out of the records of their place; returns them as records that are not counted.
std::vector<LayoutRecord> set_aside(const SumsOfTree& sums, LayoutRecord& calls);

}  // namespace usagectl
