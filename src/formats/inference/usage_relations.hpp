#pragma once

#include <set>
#include <string>
#include <vector>

#include "formats/inference/agreement.hpp"
#include "formats/inference/place_tree.hpp"

namespace usagectl {

/// One way to tell a usage, in the records of these places together.
struct UsageView {
  std::vector<const PlaceNode*> places;
  UsageByInstance amounts;  ///< at each instance of the node that it was found at
};

/// Something that was used, once, in all ways that it is told: the first one counts.
struct ToldUsage {
  std::vector<UsageView> views;
};

/// "These tell what those add up to", and how far the numbers bear it out.
struct FoundRelation {
  std::vector<const PlaceNode*> about;
  std::vector<const PlaceNode*> of;
  Agreement agreement;
  bool by_name = false;  ///< the numbers alone would not show it
};

/// Records that are not counted, because what they tell is told elsewhere, though not alike.
struct SetAside {
  std::vector<const PlaceNode*> places;
  std::vector<const PlaceNode*> beside;  ///< what is counted
  std::string why;  ///< {} stands for what is counted; empty where that is plain
};

/// Which usage objects of a document tell the same usage, and which are separate.
struct UsageRelations {
  std::vector<ToldUsage> usages;
  std::vector<FoundRelation> relations;
  std::vector<SetAside> set_aside;
  std::set<const PlaceNode*>
      running;  ///< places of totals so far: the last of a list tells all of it
};

/// Finds them by structure and numbers together. Numbers alone are believed where chance can hardly
/// make them equal; names alone refute a number only where the two are alike and nothing was cut.
UsageRelations find_relations(const PlaceNode& document);

}  // namespace usagectl
