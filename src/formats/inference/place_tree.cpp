#include "formats/inference/place_tree.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "dialects/row_words.hpp"
#include "dialects/usage_words.hpp"
#include "formats/inference/repeats/sum_row.hpp"
#include "formats/inference/slip.hpp"

namespace usagectl {
namespace {

/// What a value looks like, as far as its usage objects go: values that look alike may be members
/// of one map.
std::string shape_of(const SeenNode& node) {
  // Bare names count tokens in one object and milliseconds in the next.
  std::string shape = !node.usage ? "" : node.usage->is_weak ? "u" : "U";
  if (node.usage && node.usage->is_weak) shape += node.usage->is_whole ? "w" : "t";
  if (node.children.empty()) return shape;
  std::set<std::string> shapes;
  if (node.kind == SeenNode::Kind::list) {
    for (const SeenNode& child : node.children) shapes.insert(shape_of(child));
    shape += "[";
  } else {
    for (const SeenNode& child : node.children) {
      const bool is_word = names_kind(child.key) && !looks_like_data(child.key);
      shapes.insert(is_word ? child.key + ":" + shape_of(child) : shape_of(child));
    }
    shape += "{";
  }
  for (const auto& inner : shapes) shape += inner + ",";
  return shape + "}";
}

/// Every usage object in it, totals beside their parts too: good enough to compare what is built
/// alike.
Tally all_usage_in(const SeenNode& node) {
  Tally tally;
  if (node.usage) tally.merge(tally_of(node));
  for (const SeenNode& child : node.children) tally.merge(all_usage_in(child));
  return tally;
}

constexpr Counter kCompared[] = {Counter::input, Counter::output, Counter::total};

/// Whether one of several is the sum of the others.
bool is_sum_of_others(const SeenNode& candidate, const Tally& all, std::size_t others) {
  const auto half = half_of(all_usage_in(candidate), all);
  if (!half || half->matches == 0) return false;
  return names_total(candidate.key) ? others > 0
                                    : others > 1 && half->matches > 1 && half->is_large;
}

bool is_generic(std::string_view name) {
  constexpr std::string_view kGeneric[] = {"usage",      "token",   "tokens",   "stats",
                                           "statistics", "metrics", "metadata", "info",
                                           "llm",        "api",     "raw"};
  const auto words = words_of(name);
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(std::begin(kGeneric), std::end(kGeneric), word) != std::end(kGeneric);
  });
}

/// "own_usage", "subtree_usage": how much of a tree it is about, and no name of a member.
bool names_extent(std::string_view name) {
  constexpr std::string_view kExtents[] = {"own",     "self",      "subtree",
                                           "nested",  "inclusive", "exclusive",
                                           "subtask", "children",  "descendants"};
  const auto words = words_of(name);
  return words.size() > 1 && speaks_of_tokens(name) &&
         std::any_of(words.begin(), words.end(), [&](const std::string& word) {
           return std::find(std::begin(kExtents), std::end(kExtents), word) != std::end(kExtents);
         });
}

/// "final_usage", "provider_reported_tokens": who told it or when, and not whose usage it is.
bool names_a_telling(const std::string& name) {
  constexpr std::string_view kTold[] = {
      "usage",    "token",    "tokens",      "final",      "last",       "total",    "raw",
      "summed",   "sum",      "normalized",  "reported",   "computed",   "recorded", "provider",
      "billed",   "actual",   "measured",    "gateway",    "client",     "sdk",      "otel",
      "stream",   "llm",      "api",         "summary",    "calculated", "counted",  "logged",
      "response", "original", "accumulated", "aggregated", "server",     "session",  "run"};
  const auto words = words_of(name);
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(std::begin(kTold), std::end(kTold), word) != std::end(kTold);
  });
}

/// Decides which members of the objects at one place stand under a *.
class Members {
 public:
  explicit Members(const PlaceNode& holder) : holder_(holder) {
    for (const auto& instance : holder.instances) {
      if (instance.seen->kind != SeenNode::Kind::object) continue;
      ++objects_;
      for (const SeenNode& child : instance.seen->children) {
        Key& key = keys_[child.key];
        ++key.times;
        ++key.shapes[shape_of(child)];
      }
    }
    if (keys_.empty()) return;
    take_most_usual_shape();
    set_totals_apart();
    if (!is_map()) alike_.clear();
  }

  bool is_under_star(const std::string& key) const { return alike_.contains(key); }
  /// Members under the * whose names call them totals, and whose numbers allow it.
  std::set<std::string> doubtful() const {
    return alike_.empty() ? std::set<std::string>() : doubtful_;
  }

 private:
  struct Key {
    std::size_t times = 0;
    std::map<std::string, std::size_t> shapes;
  };

  void take_most_usual_shape() {
    std::map<std::string, std::size_t> times;
    for (const auto& [name, key] : keys_) {
      for (const auto& [shape, number] : key.shapes) times[shape] += 1;
    }
    const auto usual =
        std::max_element(times.begin(), times.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    for (const auto& [name, key] : keys_) {
      if (key.shapes.contains(usual->first) && !names_running(name)) alike_.insert(name);
    }
    // "latest" beside members that are data is one of them, unless it tells of one of them again.
    std::set<std::string> latest;
    for (const auto& name : alike_) {
      if (is_called_latest(name) && (!is_beside_data(name) || repeats_another(name)))
        latest.insert(name);
    }
    for (const auto& name : latest) alike_.erase(name);
  }

  void set_totals_apart() {
    std::set<std::string> totals;
    for (const auto& instance : holder_.instances) {
      Tally all;
      std::size_t alike = 0;
      for (const SeenNode& child : instance.seen->children) {
        if (!alike_.contains(child.key)) continue;
        all.merge(all_usage_in(child));
        ++alike;
      }
      for (const SeenNode& child : instance.seen->children) {
        if (alike_.contains(child.key) && is_sum_of_others(child, all, alike - 1))
          totals.insert(child.key);
      }
    }
    // Where numbers show which one is the total, a name alone makes no other one. Among others that
    // are alike, a "summary" may be a stage: it is the total only if the numbers say nearly so.
    if (totals.empty()) {
      for (const auto& name : alike_) {
        if (!names_total(name)) continue;
        const bool is_total = is_called_total(name) || !is_among_alike(name) ||
                              compare_with_others(name) == Size::nearly_all;
        if (is_total)
          totals.insert(name);
        else if (compare_with_others(name) == Size::largest)
          doubtful_.insert(name);
      }
    }
    if (totals.empty()) doubt_wholes();
    if (totals.size() == alike_.size()) return;
    for (const auto& name : totals) alike_.erase(name);
  }

  /// {"parent": {…}, "all_models": {…}}: one of few that is the largest, and whose name or those of
  /// the others say that it may hold them.
  void doubt_wholes() {
    constexpr std::size_t kFew = 3;
    if (alike_.size() < 2 || alike_.size() > kFew) return;
    for (const auto& name : alike_) {
      const bool says_so =
          may_name_whole(name) || std::all_of(alike_.begin(), alike_.end(), [&](const auto& other) {
            return other == name || may_name_part(other);
          });
      if (says_so && compare_with_others(name) == Size::largest) doubtful_.insert(name);
    }
  }

  /// Whether most others are called after what they are, and not by a word of a format.
  bool is_beside_data(const std::string& name) const {
    std::size_t data = 0;
    for (const std::string& other : alike_) {
      const bool is_word = names_kind(other) || names_span(other) || is_generic(other) ||
                           speaks_of_tokens(other) || !scope_named(other).empty();
      data += other != name && !is_word ? 1U : 0U;
    }
    return data * 2 > alike_.size() - 1;
  }

  bool repeats_another(const std::string& name) const {
    for (const auto& instance : holder_.instances) {
      const auto& children = instance.seen->children;
      const auto one = std::find_if(children.begin(), children.end(),
                                    [&](const SeenNode& child) { return child.key == name; });
      if (one == children.end()) continue;
      const Tally own = all_usage_in(*one);
      const bool any = std::any_of(children.begin(), children.end(), [&](const SeenNode& child) {
        if (&child == &*one || !alike_.contains(child.key)) return false;
        const Tally other = all_usage_in(child);
        return std::all_of(std::begin(kCompared), std::end(kCompared), [&](Counter counter) {
          return own.sum_of(counter) == other.sum_of(counter);
        });
      });
      if (!any) return false;
    }
    return true;
  }

  /// Whether each tells what the object around it does: no sum of several is each of them. They are
  /// places of one call, as "response" and "metadata" are.
  bool each_repeats_its_object() const {
    bool is_any_twice = false;
    for (const auto& instance : holder_.instances) {
      std::size_t same = 0;
      for (const SeenNode& child : instance.seen->children) {
        if (!alike_.contains(child.key)) continue;
        if (!instance.seen->usage || !are_same(tally_of(*instance.seen), all_usage_in(child)))
          return false;
        ++same;
      }
      is_any_twice = is_any_twice || same > 1;
    }
    return is_any_twice;
  }

  /// Whether all that both tell is the same, in more than one number above zero.
  static bool are_same(const Tally& a, const Tally& b) {
    int matches = 0;
    for (const Counter counter : kCompared) {
      const auto one = a.sum_of(counter);
      const auto other = b.sum_of(counter);
      if (!one || !other) continue;
      if (*one != *other) return false;
      matches += *one > 0 ? 1 : 0;
    }
    return matches > 1;
  }

  /// {"usage": {…}, "final_usage": {…}}: whether all of them tell the same of each object, in so
  /// many numbers that no two calls do: with a part of them, or under names that are those of
  /// usage.
  bool all_tell_the_same() const {
    constexpr std::size_t kFew = 4;
    constexpr Counter kParts[] = {Counter::cache_read, Counter::cache_write, Counter::reasoning};
    if (alike_.size() < 2 || alike_.size() > kFew ||
        !std::all_of(alike_.begin(), alike_.end(), names_a_telling))
      return false;
    const bool are_of_usage =
        std::all_of(alike_.begin(), alike_.end(),
                    [](const std::string& name) { return speaks_of_tokens(name); });
    bool is_any_twice = false;
    for (const auto& instance : holder_.instances) {
      std::optional<Tally> first;
      for (const SeenNode& child : instance.seen->children) {
        if (!alike_.contains(child.key)) continue;
        const Tally told = all_usage_in(child);
        if (!first) {
          first = told;
          continue;
        }
        bool has_part = false;
        for (const Counter part : kParts) {
          if (first->sum_of(part) != told.sum_of(part)) return false;
          has_part = has_part || told.sum_of(part).value_or(0) > 0;
        }
        if (!are_same(*first, told) || !(has_part || are_of_usage)) return false;
        is_any_twice = true;
      }
    }
    return is_any_twice;
  }

  /// Whether others that no word of a format calls anything stand beside it.
  bool is_among_alike(const std::string& name) const {
    return std::any_of(alike_.begin(), alike_.end(), [&](const std::string& other) {
      return other != name && !names_kind(other);
    });
  }

  enum class Size { nearly_all, largest, neither };

  /// A member beside the others: as much as all of them but for a slip, or at least as much as
  /// each.
  Size compare_with_others(const std::string& name) const {
    bool is_near = true;
    bool is_exact_once = false;
    bool is_largest = true;
    for (const auto& instance : holder_.instances) {
      const auto& children = instance.seen->children;
      const auto one = std::find_if(children.begin(), children.end(),
                                    [&](const SeenNode& child) { return child.key == name; });
      if (one == children.end()) continue;
      const Tally own = all_usage_in(*one);
      Tally others;
      std::map<Counter, Count> most;
      for (const SeenNode& child : children) {
        if (&child == &*one || !alike_.contains(child.key)) continue;
        const Tally other = all_usage_in(child);
        others.merge(other);
        for (const Counter counter : kCompared)
          most[counter] = std::max(most[counter], other.sum_of(counter).value_or(0));
      }
      for (const Counter counter : kCompared) {
        const auto mine = own.sum_of(counter);
        const auto theirs = others.sum_of(counter);
        if (!mine || !theirs) continue;
        is_near = is_near && differ_by_a_slip(*mine, *theirs);
        is_exact_once = is_exact_once || (*mine == *theirs && *mine > 0);
        is_largest = is_largest && *mine >= most[counter];
      }
    }
    return is_near || is_exact_once ? Size::nearly_all : is_largest ? Size::largest : Size::neither;
  }

  bool is_map() const {
    if (alike_.empty()) return false;
    const auto count = [&](auto&& fits) {
      return static_cast<std::size_t>(std::count_if(alike_.begin(), alike_.end(), fits));
    };
    // "24h" and "7d" overlap, and a total beside "24h" holds it.
    if (count([](auto& name) { return hours_of_window(name) != 0; }) == alike_.size()) return false;
    if (alike_.size() > 1 &&
        (each_repeats_its_object() || all_tell_the_same() || count(names_extent) > 0))
      return false;
    const std::size_t data = count([](const std::string& name) { return looks_like_data(name); });
    if (data * 2 > alike_.size()) return true;
    const std::size_t words = count([](const std::string& name) { return names_kind(name); });
    const std::size_t spans = count([](const std::string& name) { return names_span(name); });
    const std::size_t generic = count([](const std::string& name) { return is_generic(name); });
    if (spans * 2 > alike_.size() || generic == alike_.size()) return false;
    // Under "by_stage" a "summary" is a stage.
    if (names_parts(holder_.token) && !holder_.is_star()) return true;
    if (alike_.size() > 1) return words * 2 < alike_.size();
    // One member alone is one of many where other objects here have others, or where the name says
    // so.
    const std::string& only = *alike_.begin();
    return words == 0 && (keys_.at(only).times < objects_ || names_parts(holder_.token) ||
                          !scope_named(holder_.token).empty());
  }

  const PlaceNode& holder_;
  std::map<std::string, Key> keys_;
  std::set<std::string> alike_;
  std::set<std::string> doubtful_;
  std::size_t objects_ = 0;
};

/// Whether the lists at one place hold one answer each, of which the first item says what the call
/// used: all of them are choices, or one alone.
bool are_single_answers(const PlaceNode& node) {
  bool any = false;
  for (const auto& instance : node.instances) {
    const SeenNode& list = *instance.seen;
    if (list.kind != SeenNode::Kind::list) return false;
    if (list.choices != Choices::yes && list.size > 1) return false;
    any = any || list.choices == Choices::yes;
  }
  return any;
}

void grow(PlaceNode& node) {
  node.holds_choices = are_single_answers(node);
  const Members members(node);
  node.may_be_totals = members.doubtful();
  std::map<std::string, PlaceNode*> by_token;
  const auto child_of = [&](const std::string& token) {
    PlaceNode*& child = by_token[token];
    if (child == nullptr) {
      child = node.children.emplace_back(std::make_unique<PlaceNode>()).get();
      child->token = token;
      child->parent = &node;
    }
    return child;
  };
  for (std::size_t i = 0; i < node.instances.size(); ++i) {
    const SeenNode& seen = *node.instances[i].seen;
    node.is_usage = node.is_usage || seen.usage.has_value();
    const bool is_list = seen.kind == SeenNode::Kind::list;
    const bool is_only = is_list && node.instances.size() == 1;
    const SeenNode* const sum = is_only ? find_sum_row(seen) : nullptr;
    for (const SeenNode& member : seen.children) {
      if (node.holds_choices && member.key != "0") continue;
      const bool is_star = node.holds_choices ? false
                           : is_list ? !is_only || !(is_total_row(member) || &member == sum)
                                     : members.is_under_star(member.key);
      PlaceNode* const child = child_of(is_star ? "*" : member.key);
      child->keys_are_data = child->keys_are_data || (is_star && !is_list);
      child->instances.push_back({&member, i});
    }
  }
  for (const auto& child : node.children) grow(*child);
}

}  // namespace

PathPattern PlaceNode::pattern() const {
  PathPattern pattern;
  for (const PlaceNode* node = this; node->parent != nullptr; node = node->parent)
    pattern.tokens.push_back(node->token);
  std::reverse(pattern.tokens.begin(), pattern.tokens.end());
  return pattern;
}

std::string_view PlaceNode::name() const {
  const PlaceNode* node = this;
  while (node->parent != nullptr && node->is_star()) node = node->parent;
  return node->token;
}

std::unique_ptr<PlaceNode> make_place_tree(const SeenNode& document) {
  auto root = std::make_unique<PlaceNode>();
  root->instances.push_back({&document, 0});
  grow(*root);
  return root;
}

std::uint64_t number_of(const PlaceNode& place) {
  std::uint64_t number = 0;
  for (const auto& instance : place.instances) number += instance.seen->times;
  return number;
}

Tally tally_of(const SeenNode& node) {
  Tally tally;
  tally.add(node.usage->given);
  tally.records *= node.times;
  for (auto& known : tally.known) known *= node.times;
  return tally;
}

}  // namespace usagectl
