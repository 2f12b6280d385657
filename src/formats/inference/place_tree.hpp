#pragma once

#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "formats/inference/usage_census.hpp"
#include "model/path_pattern.hpp"
#include "model/tally.hpp"

namespace usagectl {

/// All values of a document that stand at places of one pattern: /calls/* is one node, whatever the
/// number of calls.
struct PlaceNode {
  struct Instance {
    const SeenNode* seen = nullptr;
    std::size_t parent = 0;  ///< which instance of the node above it stands in
  };

  std::string token;  ///< "*", or the key
  PlaceNode* parent = nullptr;
  std::vector<std::unique_ptr<PlaceNode>> children;
  std::vector<Instance> instances;
  bool is_usage = false;  ///< some of them are usage objects themselves
  /// Members under the * that may be the sum of the others, by name and as far as numbers tell.
  std::set<std::string> may_be_totals;
  bool holds_choices =
      false;  ///< its lists hold the choices of one call each: the first one counts
  bool keys_are_data = false;  ///< a * for the keys of an object, not for the items of a list

  bool is_star() const { return PathPattern::is_any(token); }
  PathPattern pattern() const;
  /// The nearest name that is no *; empty at the top.
  std::string_view name() const;
};

/// Puts the usage objects of a document in order. Members of an object that are alike and whose
/// keys are no words of a format stand under one *; one that is the sum of the others, or is called
/// so, stands for itself.
std::unique_ptr<PlaceNode> make_place_tree(const SeenNode& document);

/// How many values of the document stand there.
std::uint64_t number_of(const PlaceNode& place);

/// The usage of an object, or of the rows that are one.
Tally tally_of(const SeenNode& node);

}  // namespace usagectl
