#include "formats/running_list.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "formats/place_labels.hpp"
#include "formats/usage_words.hpp"

namespace usagectl {
namespace {

constexpr Counter kTold[] = {Counter::input, Counter::output, Counter::total};

/// The list that the objects of a place stand in, one in each row; nullptr where there is none.
const PlaceNode* row_of(const PlaceNode& place) {
  const PlaceNode* row = &place;
  while (row->parent != nullptr && !row->is_star()) row = row->parent;
  return row->is_star() && !row->keys_are_data ? row : nullptr;
}

std::size_t list_of(const PlaceNode& place, std::size_t instance, const PlaceNode& row) {
  for (const PlaceNode* node = &place; node != &row; node = node->parent) instance = node->instances[instance].parent;
  return row.instances[instance].parent;
}

struct Shape {
  std::size_t steps = 0;
  std::size_t growing = 0;
  bool never_falls = true;
};

Shape shape_of(const PlaceNode& place, const PlaceNode& row) {
  Shape shape;
  for (std::size_t i = 1; i < place.instances.size(); ++i) {
    const auto& before = place.instances[i - 1].seen->usage;
    const auto& now = place.instances[i].seen->usage;
    if (!before || !now || list_of(place, i - 1, row) != list_of(place, i, row)) continue;
    ++shape.steps;
    bool grows = false;
    for (const Counter counter : kTold) {
      const auto was = before->given[counter];
      const auto is = now->given[counter];
      if (!was || !is) continue;
      shape.never_falls = shape.never_falls && *is >= *was;
      grows = grows || *is > *was;
    }
    shape.growing += grows ? 1U : 0U;
  }
  return shape;
}

bool is_called_running(const PlaceNode& place) {
  constexpr std::string_view kNames[] = {"snapshot", "snapshots", "cumulative", "running", "accumulated"};
  const auto words = words_of(place.name());
  const bool is_list_called_so = std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(std::begin(kNames), std::end(kNames), word) != std::end(kNames);
  });
  return is_list_called_so || std::all_of(place.instances.begin(), place.instances.end(), [](const PlaceNode::Instance& instance) {
           return instance.seen->usage && instance.seen->usage->is_running;
         });
}

/// In both, all counters are alike, and are not so by chance.
bool tell_the_same(const Counts& a, const Counts& b) {
  int alike = 0;
  Count largest = 0;
  for (const Counter counter : kTold) {
    if (!a.has(counter) || !b.has(counter)) continue;
    if (a[counter] != b[counter]) return false;
    if (*a[counter] > 0) ++alike;
    largest = std::max(largest, *a[counter]);
  }
  return alike > 1 || (alike == 1 && largest >= 100);
}

bool is_last_told_elsewhere(const PlaceNode& node, const PlaceNode& place) {
  if (&node != &place && node.is_usage && node.pattern().stars() == 0 && node.instances.front().seen->usage) {
    const Counts& last = place.instances.back().seen->usage ? place.instances.back().seen->usage->given : Counts();
    if (tell_the_same(node.instances.front().seen->usage->given, last)) return true;
  }
  return std::any_of(node.children.begin(), node.children.end(),
                     [&](const auto& child) { return is_last_told_elsewhere(*child, place); });
}

bool has_times(const PlaceNode& place) {
  const auto labels = labels_of(place);
  return std::any_of(labels.begin(), labels.end(), [](const PlaceLabel& label) { return label.tells == "time" || label.tells == "day"; });
}

class Finder {
 public:
  explicit Finder(const PlaceNode& document) : document_(document) {}

  void look(const PlaceNode& node) {
    if (node.is_usage && is_running(node)) found.insert(&node);
    for (const auto& child : node.children) look(*child);
  }

  std::set<const PlaceNode*> found;

 private:
  bool is_running(const PlaceNode& place) const {
    constexpr std::size_t kFew = 2;
    constexpr std::size_t kMany = 7;
    const PlaceNode* const row = row_of(place);
    if (row == nullptr) return false;
    const Shape shape = shape_of(place, *row);
    if (is_called_running(place)) return true;
    if (!shape.never_falls || shape.growing < kFew) return false;
    if (shape.steps >= kMany && shape.growing * 2 > shape.steps && has_times(place)) return true;
    return row->parent->instances.size() == 1 && is_last_told_elsewhere(document_, place);
  }

  const PlaceNode& document_;
};

}  // namespace

std::set<const PlaceNode*> find_running_totals(const PlaceNode& document) {
  Finder finder(document);
  finder.look(document);
  return std::move(finder.found);
}

}  // namespace usagectl
