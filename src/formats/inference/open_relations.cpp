#include "formats/inference/open_relations.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "dialects/usage_words.hpp"
#include "formats/inference/call_places.hpp"
#include "formats/inference/repeats/copied_rows.hpp"
#include "formats/inference/repeats/growing_lists.hpp"
#include "formats/inference/repeats/sums_of_tree.hpp"
#include "formats/inference/repeats/told_again.hpp"
#include "formats/inference/slip.hpp"

namespace usagectl {
namespace {

constexpr Counter kCompared[] = {Counter::input, Counter::output, Counter::total};

Tally all_of(const UsageView& view) {
  Tally all;
  for (const auto& amount : view.amounts) {
    if (amount) all.merge(*amount);
  }
  return all;
}

bool is_lone(const UsageView& view) { return number_of_rows(view) < 2; }

bool is_under_a_list(const UsageView& view) {
  return std::any_of(view.places.begin(), view.places.end(),
                     [](const PlaceNode* place) { return place->pattern().stars() > 0; });
}

bool are_generic(const UsageView& view) {
  return std::all_of(view.places.begin(), view.places.end(),
                     [](const PlaceNode* place) { return speaks_of_tokens(place->name()); });
}

bool hold_calls(const UsageView& view) {
  return std::all_of(view.places.begin(), view.places.end(),
                     [](const PlaceNode* place) { return holds_calls(*place); });
}

/// Whether it tells at least as much as each object of the others in one counter, so that it may
/// hold them, if not all of what they tell.
bool may_hold(const UsageView& one, const UsageView& others) {
  const Tally all = all_of(one);
  std::size_t counters = 0;
  std::size_t too_small = 0;
  bool can_compare = false;
  for (const Counter counter : kCompared) {
    const auto mine = all.sum_of(counter);
    Count largest = 0;
    for (const PlaceNode* place : others.places) {
      for (const auto& instance : place->instances) {
        if (!instance.seen->usage) continue;
        const auto theirs = instance.seen->usage->given[counter];
        can_compare = can_compare || (mine && theirs);
        largest = std::max(largest, theirs.value_or(0));
      }
    }
    if (!mine || largest == 0) continue;
    ++counters;
    if (*mine < largest) ++too_small;
  }
  // One that tells input and output and others that tell totals alone have no counter in common.
  return counters == 0 ? !can_compare : too_small < counters;
}

/// Sums that are equal in a large number, or nearly so in all of them.
bool are_sums_alike(const Tally& a, const Tally& b) {
  constexpr Count kNoChance = 100;
  int compared = 0;
  bool all_near = true;
  for (const Counter counter : kCompared) {
    const auto mine = a.sum_of(counter);
    const auto theirs = b.sum_of(counter);
    if (!mine || !theirs || (*mine == 0 && *theirs == 0)) continue;
    if (*mine == *theirs && *mine >= kNoChance) return true;
    ++compared;
    all_near = all_near && differ_by_a_slip(*mine, *theirs);
  }
  return compared > 0 && all_near;
}

/// Ids that are in both are settled call by call; ids that are in one only are other calls.
bool do_ids_decide(const UsageView& a, const UsageView& b) {
  const auto ids = ids_of(a);
  const auto others = ids_of(b);
  return ids && others && hold_calls(a) && hold_calls(b);
}

bool may_tell_the_same(const UsageView& a, const UsageView& b) {
  if (number_of_rows(a) == 0 || number_of_rows(b) == 0 || do_ids_decide(a, b)) return false;
  if (are_sums_alike(all_of(a), all_of(b))) return true;
  if (is_lone(a) && is_lone(b) && !is_under_a_list(a) && !is_under_a_list(b))
    return are_generic(a) && are_generic(b);
  if (is_lone(a) != is_lone(b)) {
    const UsageView& lone = is_lone(a) ? a : b;
    const UsageView& list = is_lone(a) ? b : a;
    return may_hold(lone, list);
  }
  return hold_calls(a) != hold_calls(b) || share_a_row(a, b);
}

void find_doubtful_members(const PlaceNode& node, std::vector<std::string>& texts) {
  for (const std::string& name : node.may_be_totals) {
    PathPattern place = node.pattern();
    place.tokens.push_back(name);
    PathPattern others = node.pattern();
    others.tokens.emplace_back("*");
    texts.push_back(fmt::format("{} reports at least as much as each other one at {}", place.text(),
                                others.text()));
  }
  for (const auto& child : node.children) find_doubtful_members(*child, texts);
}

void find_growing_lists(const PlaceNode& node, std::vector<std::string>& texts) {
  const auto lists = node.is_usage && told_again(node).empty() ? growing_lists(node) : std::nullopt;
  if (lists) {
    texts.push_back(fmt::format("each of the lists of {} begins with the one before or after it",
                                node.pattern().text()));
  }
  for (const auto& child : node.children) find_growing_lists(*child, texts);
}

void find_doubtful_trees(const PlaceNode& node, std::vector<std::string>& texts) {
  const auto sums = node.is_usage ? sums_of_tree(node) : std::nullopt;
  if (sums && sums->is_doubtful) {
    texts.push_back(fmt::format("rows of {} are above others and may report what they do",
                                node.pattern().text()));
  }
  for (const auto& child : node.children) find_doubtful_trees(*child, texts);
}

void find_doubtful_choices(const PlaceNode& node, std::vector<std::string>& texts) {
  const bool is_read_apart =
      std::any_of(node.children.begin(), node.children.end(),
                  [](const std::unique_ptr<PlaceNode>& child) { return child->is_star(); });
  const bool may_be_one = std::any_of(
      node.instances.begin(), node.instances.end(),
      [](const PlaceNode::Instance& instance) { return instance.seen->choices != Choices::no; });
  if (is_read_apart && may_be_one) {
    texts.push_back(fmt::format("the items at {} have the same counts, as choices of one call have",
                                node.pattern().text()));
  }
  for (const auto& child : node.children) find_doubtful_choices(*child, texts);
}

}  // namespace

std::string text_of(const std::vector<const PlaceNode*>& places) {
  std::string text;
  for (const PlaceNode* place : places) {
    const std::string pattern = place->pattern().text();
    if (!text.empty()) text += " + ";
    text += pattern.empty() ? "the document" : pattern;
  }
  return text;
}

std::vector<std::string> find_open_relations(const PlaceNode& document,
                                             const std::vector<ToldUsage>& usages) {
  std::vector<std::string> texts;
  std::vector<std::string> names;
  const auto name = [&](const ToldUsage& usage) {
    std::string text = text_of(usage.views.front().places);
    if (std::find(names.begin(), names.end(), text) == names.end())
      names.push_back(std::move(text));
  };
  constexpr std::size_t kMost = 64;
  for (std::size_t i = 0; i < usages.size() && usages.size() <= kMost; ++i) {
    for (std::size_t j = i + 1; j < usages.size(); ++j) {
      if (!may_tell_the_same(usages[i].views.front(), usages[j].views.front())) continue;
      name(usages[i]);
      name(usages[j]);
    }
  }
  if (!names.empty()) {
    texts.push_back(
        fmt::format("{} are counted, and nothing shows whether they report the same usage",
                    fmt::join(names, " and ")));
  }
  find_doubtful_members(document, texts);
  find_growing_lists(document, texts);
  find_doubtful_trees(document, texts);
  find_doubtful_choices(document, texts);
  return texts;
}

}  // namespace usagectl
