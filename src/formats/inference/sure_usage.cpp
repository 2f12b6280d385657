#include "formats/inference/sure_usage.hpp"

#include <algorithm>
#include <set>

#include "dialects/usage_words.hpp"

namespace usagectl {
namespace {

using Places = std::vector<const PlaceNode*>;

bool is_weak(const PlaceNode& place) {
  return std::all_of(place.instances.begin(), place.instances.end(),
                     [](const PlaceNode::Instance& instance) {
                       return !instance.seen->usage || instance.seen->usage->is_weak;
                     });
}

bool says_tokens(const PlaceNode& place) {
  return std::any_of(place.instances.begin(), place.instances.end(),
                     [](const PlaceNode::Instance& instance) {
                       return instance.seen->usage && instance.seen->usage->says_tokens;
                     });
}

/// Input and output under bare names, and no other unit is named around them.
bool may_be_tokens(const PlaceNode& place) {
  for (const PlaceNode* node = &place; node != nullptr; node = node->parent) {
    if (names_other_unit(node->token)) return false;
  }
  return std::any_of(place.instances.begin(), place.instances.end(),
                     [](const PlaceNode::Instance& instance) {
                       return instance.seen->usage && instance.seen->usage->is_whole;
                     });
}

}  // namespace

bool keep_sure_usage(Places& places, UsageRelations& found, Places& doubtful) {
  std::set<const PlaceNode*> sure;
  for (const PlaceNode* place : places) {
    if (!is_weak(*place)) sure.insert(place);
  }
  const bool is_any_sure = !sure.empty();
  const auto is_one_sure = [&](const Places& some) {
    return std::any_of(some.begin(), some.end(),
                       [&](const PlaceNode* place) { return sure.contains(place); });
  };
  std::size_t known = 0;
  do {
    known = sure.size();
    for (const FoundRelation& relation : found.relations) {
      if (relation.agreement.telling == 0) continue;
      // Where nothing says tokens, sums that fit do.
      const bool is_taken = is_any_sure ? is_one_sure(relation.about) || is_one_sure(relation.of)
                                        : !relation.by_name || !sure.empty();
      if (!is_taken) continue;
      sure.insert(relation.about.begin(), relation.about.end());
      sure.insert(relation.of.begin(), relation.of.end());
    }
  } while (sure.size() > known);
  if (sure.empty()) return false;
  for (const PlaceNode* place : places) {
    const bool is_dropped = !sure.contains(place) && !says_tokens(*place);
    if (is_dropped && may_be_tokens(*place)) doubtful.push_back(place);
  }
  std::erase_if(places, [&](const PlaceNode* place) {
    return !says_tokens(*place) && !sure.contains(place);
  });
  const auto is_left_out = [&](const Places& some) {
    return std::any_of(some.begin(), some.end(), [&](const PlaceNode* place) {
      return std::find(places.begin(), places.end(), place) == places.end();
    });
  };
  for (ToldUsage& usage : found.usages)
    std::erase_if(usage.views, [&](const UsageView& view) { return is_left_out(view.places); });
  std::erase_if(found.usages, [](const ToldUsage& usage) { return usage.views.empty(); });
  std::erase_if(found.relations, [&](const FoundRelation& relation) {
    return is_left_out(relation.about) || is_left_out(relation.of);
  });
  std::erase_if(found.set_aside, [&](const SetAside& aside) { return is_left_out(aside.places); });
  return !found.usages.empty();
}

}  // namespace usagectl
