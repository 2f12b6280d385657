#include "formats/inference/repeats/lone_numbers.hpp"

#include <algorithm>

namespace usagectl {
namespace {

/// Whether any record of it has more than a total.
bool has_parts(const ToldUsage& usage) {
  return std::any_of(usage.views.begin(), usage.views.end(), [](const UsageView& view) {
    return std::any_of(view.places.begin(), view.places.end(), [](const PlaceNode* place) {
      return std::any_of(place->instances.begin(), place->instances.end(), [](const auto& one) {
        const auto& seen = one.seen->usage;
        return seen && (seen->is_whole || seen->given.has(Counter::input) ||
                        seen->given.has(Counter::output));
      });
    });
  });
}

/// Whether one is the place of the other, or around it.
bool is_around(const PlaceNode& place, const PlaceNode& inner) {
  for (const PlaceNode* node = &inner; node != nullptr; node = node->parent) {
    if (node == &place) return true;
  }
  return false;
}

/// A number that stands beside the usage, or beside what holds it.
bool is_beside(const PlaceNode& number, const PlaceNode& usage) {
  const bool is_object =
      std::all_of(number.instances.begin(), number.instances.end(),
                  [](const auto& one) { return one.seen->kind == SeenNode::Kind::object; });
  if (is_object) return is_around(number, usage);
  return number.parent == nullptr || is_around(*number.parent, usage);
}

}  // namespace

void set_lone_numbers_aside(std::vector<ToldUsage>& usages, std::vector<SetAside>& set_aside) {
  const auto with_parts = std::find_if(usages.begin(), usages.end(), has_parts);
  if (with_parts == usages.end()) return;
  const std::vector<const PlaceNode*> counted = with_parts->views.front().places;
  std::erase_if(usages, [&](const ToldUsage& usage) {
    if (has_parts(usage) || !is_beside(*usage.views.front().places.front(), *counted.front()))
      return false;
    for (const UsageView& view : usage.views) {
      set_aside.push_back(
          {view.places, counted, "it is a number of tokens alone, and nothing relates it to {}"});
    }
    return true;
  });
}

}  // namespace usagectl
