#include "formats/inference/place_tree.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "dialects/usage_words.hpp"

namespace usagectl {
namespace {

/// What a value looks like, as far as its usage objects go: values that look alike may be members
/// of one map.
std::string shape_of(const SeenNode& node) {
  std::string shape = node.usage ? "U" : "";
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

/// Whether one of several is the sum of the others: twice as much is all of them together.
bool is_sum_of_others(const SeenNode& candidate, const Tally& all, std::size_t others) {
  constexpr Count kNoChance = 50;
  const Tally own = all_usage_in(candidate);
  int matches = 0;
  Count largest = 0;
  for (const Counter counter : {Counter::input, Counter::output, Counter::total}) {
    const auto mine = own.sum_of(counter);
    const auto together = all.sum_of(counter);
    if (!mine || !together) continue;
    if ((ExactSum(*mine) += *mine) != ExactSum(*together)) return false;
    if (*mine > 0) ++matches;
    largest = std::max(largest, *mine);
  }
  return matches > 0 &&
         (names_total(candidate.key) ? others > 0
                                     : others > 1 && matches > 1 && largest >= kNoChance);
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
      if (key.shapes.contains(usual->first) && !names_latest(name)) alike_.insert(name);
    }
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
    // Where numbers show which one is the total, a name alone makes no other one.
    if (totals.empty()) {
      for (const auto& name : alike_) {
        if (names_total(name)) totals.insert(name);
      }
    }
    if (totals.size() == alike_.size()) return;
    for (const auto& name : totals) alike_.erase(name);
  }

  bool is_map() const {
    if (alike_.empty()) return false;
    const auto count = [&](auto&& fits) {
      return static_cast<std::size_t>(std::count_if(alike_.begin(), alike_.end(), fits));
    };
    const std::size_t data = count([](const std::string& name) { return looks_like_data(name); });
    if (data * 2 > alike_.size()) return true;
    const std::size_t words = count([](const std::string& name) { return names_kind(name); });
    const std::size_t spans = count([](const std::string& name) { return names_span(name); });
    const std::size_t generic = count([](const std::string& name) { return is_generic(name); });
    if (spans * 2 > alike_.size() || generic == alike_.size()) return false;
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
  std::size_t objects_ = 0;
};

/// A row that says of itself that it is the total of a list, {"model": "TOTAL"}.
bool is_total_row(const SeenNode& row) {
  return std::any_of(row.fields.begin(), row.fields.end(), [](const SeenField& field) {
    return (field.tells == "model" || field.tells == "part" || field.tells == "day") &&
           names_total(field.value) && field.value.size() <= 16;
  });
}

void grow(PlaceNode& node) {
  const Members members(node);
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
    for (const SeenNode& member : seen.children) {
      const bool is_star = is_list ? node.instances.size() > 1 || !is_total_row(member)
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
