#include "formats/inference/repeats/growing_lists.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace usagectl {
namespace {

/// Where an instance stands, from the outermost * inwards: rows of lists, by their number among the
/// instances of that *.
struct Position {
  std::vector<const PlaceNode*> stars;
  std::vector<std::size_t> rows;
};

Position position_of(const PlaceNode& place, std::size_t instance) {
  Position position;
  for (const PlaceNode* node = &place; node->parent != nullptr; node = node->parent) {
    if (node->is_star()) {
      position.stars.push_back(node);
      position.rows.push_back(instance);
    }
    instance = node->instances[instance].parent;
  }
  std::reverse(position.stars.begin(), position.stars.end());
  std::reverse(position.rows.begin(), position.rows.end());
  return position;
}

bool is_telling(const Counts& counts) {
  constexpr Count kNoChance = 100;
  return (counts[Counter::input].value_or(0) > 0 && counts[Counter::output].value_or(0) > 0) ||
         counts[Counter::total].value_or(0) >= kNoChance;
}

using Calls = std::vector<Counts>;

/// How the lists of one place follow each other.
struct Growth {
  std::size_t steps = 0;  ///< in which calls were added to some that tell anything
  bool grows = true;
  bool shrinks = true;  ///< the newest comes first

  void add(const Calls& before, const Calls& after) {
    const bool is_longer = before.size() <= after.size();
    const Calls& few = is_longer ? before : after;
    const Calls& many = is_longer ? after : before;
    const bool is_prefix = std::equal(few.begin(), few.end(), many.begin());
    grows = grows && is_prefix && is_longer;
    shrinks = shrinks && is_prefix && before.size() >= after.size();
    if (few.size() < many.size() && std::any_of(few.begin(), few.end(), is_telling)) ++steps;
  }
};

}  // namespace

std::optional<GrowingLists> growing_lists(const PlaceNode& place) {
  constexpr std::size_t kMost = 65'536;  // calls in one document
  const std::size_t size = place.instances.size();
  if (size < 3 || size > kMost || place.pattern().stars() < 2) return std::nullopt;
  std::vector<Position> positions;
  for (std::size_t i = 0; i < place.instances.size(); ++i) {
    if (place.instances[i].seen->times > 1) return std::nullopt;
    positions.push_back(position_of(place, i));
  }
  const std::vector<const PlaceNode*>& stars = positions.front().stars;
  if (stars.back()->keys_are_data) return std::nullopt;
  for (std::size_t star = stars.size() - 1; star-- > 0;) {
    if (stars[star]->keys_are_data) continue;
    std::map<std::size_t, std::map<std::size_t, Calls>> lists;
    for (std::size_t i = 0; i < place.instances.size(); ++i) {
      const auto& usage = place.instances[i].seen->usage;
      const std::size_t row = positions[i].rows[star];
      if (usage) lists[stars[star]->instances[row].parent][row].push_back(usage->given);
    }
    Growth growth;
    for (const auto& [list, rows] : lists) {
      const Calls* before = nullptr;
      for (const auto& [row, calls] : rows) {
        if (before != nullptr) growth.add(*before, calls);
        before = &calls;
      }
    }
    if ((growth.grows || growth.shrinks) && growth.steps > 0)
      return GrowingLists{star + 1, growth.steps > 1};
  }
  return std::nullopt;
}

std::string position_in_lists(const PlaceNode& place, std::size_t instance, std::size_t star) {
  const Position position = position_of(place, instance);
  std::string text;
  for (std::size_t i = 0; i < position.rows.size(); ++i) {
    if (i + 1 == star) continue;
    text += '/';
    text += position.stars[i]->instances[position.rows[i]].seen->key;
  }
  return text;
}

}  // namespace usagectl
