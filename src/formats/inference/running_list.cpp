#include "formats/inference/running_list.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "dialects/usage_words.hpp"

namespace usagectl {
namespace {

constexpr Counter kTold[] = {Counter::input, Counter::output, Counter::total};

/// Whether no rows of the list were put together.
bool is_whole_list(const PlaceNode& row) {
  return std::all_of(row.instances.begin(), row.instances.end(),
                     [](const PlaceNode::Instance& instance) { return instance.seen->times == 1; });
}

/// Over all lists of the place.
ListCourse course_of(const PlaceNode& place, const PlaceNode& row) {
  ListCourse course;
  if (!is_whole_list(row)) {
    for (const auto& list : row.parent->instances) {
      const ListCourse here = list.seen->course_of_rows();
      course.steps += here.steps;
      course.growing += here.growing;
      course.never_falls = course.never_falls && here.never_falls;
      course.last = here.last;
    }
    return course;
  }
  std::optional<std::size_t> list_before;
  for (std::size_t i = 0; i < place.instances.size(); ++i) {
    const auto& usage = place.instances[i].seen->usage;
    if (!usage) continue;
    const std::size_t list = list_of(place, i, row);
    if (list_before == list) {
      ++course.steps;
      bool grows = false;
      for (const Counter counter : kTold) {
        const auto was = course.last[counter];
        const auto is = usage->given[counter];
        if (!was || !is) continue;
        course.never_falls = course.never_falls && *is >= *was;
        grows = grows || *is > *was;
      }
      course.growing += grows ? 1U : 0U;
    }
    list_before = list;
    course.last = usage->given;
  }
  return course;
}

/// By the row that they stand in: usage objects of a place that has one in each row at most.
using UsageByRow = std::map<std::size_t, const SeenUsage*>;

UsageByRow usage_by_row(const PlaceNode& place, const PlaceNode& row) {
  UsageByRow rows;
  for (std::size_t i = 0; i < place.instances.size(); ++i) {
    if (!place.instances[i].seen->usage) continue;
    std::size_t at = i;
    for (const PlaceNode* node = &place; node != &row; node = node->parent)
      at = node->instances[at].parent;
    if (!rows.emplace(at, &*place.instances[i].seen->usage).second) return {};
  }
  return rows;
}

/// Whether the total in the first row of a list is what the call of that row tells.
bool begins_with(const SeenUsage& total, const SeenUsage& call) {
  bool any = false;
  for (const Counter counter : kTold) {
    const auto told = total.given[counter];
    const auto own = call.given[counter];
    if (!told || !own) continue;
    if (*told != *own) return false;
    any = any || *own > 0;
  }
  return any;
}

/// Whether each total is the one before it in its list and what the call of its row tells.
bool grows_by(const UsageByRow& totals, const UsageByRow& calls, const PlaceNode& row) {
  std::size_t held = 0;
  const SeenUsage* before = nullptr;
  std::size_t list_before = 0;
  for (const auto& [at, total] : totals) {
    const std::size_t list = row.instances[at].parent;
    const auto call = calls.find(at);
    const bool is_first = before == nullptr || list != list_before;
    if (is_first && call != calls.end() && begins_with(*total, *call->second)) ++held;
    if (!is_first) {
      if (call == calls.end()) return false;
      bool any = false;
      for (const Counter counter : kTold) {
        const auto was = before->given[counter];
        const auto is = total->given[counter];
        const auto own = call->second->given[counter];
        if (!was || !is || !own) continue;
        if ((ExactSum(*was) += *own) != ExactSum(*is)) return false;
        any = any || (*own > 0 && *was > 0);
      }
      held += any ? 1U : 0U;
    }
    before = total;
    list_before = list;
  }
  return held > 1;
}

/// Whether some total is less than the one before it in its list and the call of its row, and none
/// is as much: "cumulative_usage" of a tree is that of the rows below.
bool falls_short(const UsageByRow& totals, const UsageByRow& calls, const PlaceNode& row) {
  bool any = false;
  const SeenUsage* before = nullptr;
  std::size_t list_before = 0;
  for (const auto& [at, total] : totals) {
    const std::size_t list = row.instances[at].parent;
    const auto call = calls.find(at);
    if (before != nullptr && list == list_before && call != calls.end()) {
      for (const Counter counter : kTold) {
        const auto was = before->given[counter];
        const auto is = total->given[counter];
        const auto own = call->second->given[counter];
        if (!was || !is || !own || *own == 0 || *was == 0) continue;
        const auto sum = (ExactSum(*was) += *own).count();
        if (sum == is) return false;
        any = any || !sum || *is < *sum;
      }
    }
    before = total;
    list_before = list;
  }
  return any;
}

template <std::size_t size>
bool is_called_one_of(const PlaceNode& list, const std::string_view (&names)[size]) {
  const auto words = words_of(list.name());
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(std::begin(names), std::end(names), word) != std::end(names);
  });
}

bool is_called_running(const PlaceNode& place) {
  return is_called_one_of(place, {"snapshot", "snapshots", "cumulative", "running", "accumulated",
                                  "sofar", "checkpoints"}) ||
         std::all_of(place.instances.begin(), place.instances.end(),
                     [](const PlaceNode::Instance& instance) {
                       return instance.seen->usage && instance.seen->usage->is_running;
                     });
}

bool is_called_calls(const PlaceNode& list) {
  return is_called_one_of(
      list, {"calls", "requests", "responses", "attempts", "completions", "generations"});
}

/// Of what a total was, rather than of what was done.
bool is_called_history(const PlaceNode& list) {
  return is_called_one_of(list, {"history", "timeline", "progress", "updates"});
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
    constexpr std::size_t kMany = 4;
    const PlaceNode* const row = row_of(place);
    if (row == nullptr) return false;
    const ListCourse course = course_of(place, *row);
    if (course.steps == 0) return false;
    if (is_called_running(place)) return !falls_short_of_another(place, *row);
    if (course.never_falls && is_whole_list(*row) && grows_by_another(place, *row)) return true;
    const std::size_t fewest = is_called_history(*row->parent) ? kFew : kMany;
    if (!course.never_falls || course.growing < fewest) return false;
    // Each call of a conversation is longer than the one before.
    if (is_called_calls(*row->parent)) return false;
    return row->parent->instances.size() == 1 &&
           is_last_told_elsewhere(document_, *row->parent, course.last);
  }

  static bool falls_short_of_another(const PlaceNode& place, const PlaceNode& row) {
    std::vector<const PlaceNode*> others;
    collect(row, others);
    if (others.size() < 2) return false;
    const UsageByRow totals = usage_by_row(place, row);
    return std::any_of(others.begin(), others.end(), [&](const PlaceNode* other) {
      return other != &place && !is_called_running(*other) &&
             falls_short(totals, usage_by_row(*other, row), row);
    });
  }

  static bool grows_by_another(const PlaceNode& place, const PlaceNode& row) {
    std::vector<const PlaceNode*> others;
    collect(row, others);
    if (others.size() < 2) return false;
    const UsageByRow totals = usage_by_row(place, row);
    return std::any_of(others.begin(), others.end(), [&](const PlaceNode* other) {
      return other != &place && grows_by(totals, usage_by_row(*other, row), row);
    });
  }

  /// Places of usage in a row, not in lists of its own.
  static void collect(const PlaceNode& node, std::vector<const PlaceNode*>& places) {
    if (node.is_usage) places.push_back(&node);
    for (const auto& child : node.children) {
      if (!child->is_star()) collect(*child, places);
    }
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

std::map<std::size_t, Counts> last_in_lists(const PlaceNode& place, const PlaceNode& row) {
  std::map<std::size_t, Counts> last;
  if (!is_whole_list(row)) {
    for (std::size_t i = 0; i < row.parent->instances.size(); ++i)
      last[i] = row.parent->instances[i].seen->course_of_rows().last;
    return last;
  }
  for (std::size_t i = 0; i < place.instances.size(); ++i) {
    const auto& usage = place.instances[i].seen->usage;
    if (usage) last[list_of(place, i, row)] = usage->given;
  }
  return last;
}

std::set<const PlaceNode*> find_running_totals(const PlaceNode& document) {
  Finder finder(document);
  finder.look(document);
  return std::move(finder.found);
}

}  // namespace usagectl
