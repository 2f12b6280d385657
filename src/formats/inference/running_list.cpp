#include "formats/inference/running_list.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "dialects/usage_words.hpp"
#include "formats/inference/place_labels.hpp"

namespace usagectl {
namespace {

constexpr Counter kTold[] = {Counter::input, Counter::output, Counter::total};

/// Over all lists of the place.
ListCourse course_of(const PlaceNode& row) {
  ListCourse course;
  for (const auto& list : row.parent->instances) {
    course.steps += list.seen->course.steps;
    course.growing += list.seen->course.growing;
    course.never_falls = course.never_falls && list.seen->course.never_falls;
    course.last = list.seen->course.last;
  }
  return course;
}

bool is_called_running(const PlaceNode& place) {
  constexpr std::string_view kNames[] = {"snapshot", "snapshots", "cumulative", "running",
                                         "accumulated"};
  const auto words = words_of(place.name());
  const bool is_list_called_so =
      std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return std::find(std::begin(kNames), std::end(kNames), word) != std::end(kNames);
      });
  return is_list_called_so ||
         std::all_of(place.instances.begin(), place.instances.end(),
                     [](const PlaceNode::Instance& instance) {
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

bool is_last_told_elsewhere(const PlaceNode& node, const PlaceNode& list, const Counts& last) {
  if (&node == &list) return false;
  // The last call is told again under such a name as well.
  if (node.is_usage && !names_latest(node.token) && node.pattern().stars() == 0 &&
      node.instances.front().seen->usage) {
    if (tell_the_same(node.instances.front().seen->usage->given, last)) return true;
  }
  return std::any_of(node.children.begin(), node.children.end(),
                     [&](const auto& child) { return is_last_told_elsewhere(*child, list, last); });
}

bool has_times(const PlaceNode& place) {
  const auto labels = labels_of(place);
  return std::any_of(labels.begin(), labels.end(), [](const PlaceLabel& label) {
    return label.tells == "time" || label.tells == "day";
  });
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
    const ListCourse course = course_of(*row);
    if (course.steps == 0) return false;
    if (is_called_running(place)) return true;
    if (!course.never_falls || course.growing < kFew) return false;
    if (course.steps >= kMany && course.growing * 2 > course.steps && has_times(place)) return true;
    return row->parent->instances.size() == 1 &&
           is_last_told_elsewhere(document_, *row->parent, course.last);
  }

  const PlaceNode& document_;
};

}  // namespace

const PlaceNode* row_of(const PlaceNode& place) {
  const PlaceNode* row = &place;
  while (row->parent != nullptr && !row->is_star()) row = row->parent;
  return row->is_star() && !row->keys_are_data ? row : nullptr;
}

std::size_t list_of(const PlaceNode& place, std::size_t instance, const PlaceNode& row) {
  for (const PlaceNode* node = &place; node != &row; node = node->parent)
    instance = node->instances[instance].parent;
  return row.instances[instance].parent;
}

std::set<const PlaceNode*> find_running_totals(const PlaceNode& document) {
  Finder finder(document);
  finder.look(document);
  return std::move(finder.found);
}

}  // namespace usagectl
