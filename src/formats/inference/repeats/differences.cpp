#include "formats/inference/repeats/differences.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "dialects/usage_words.hpp"

namespace usagectl {
namespace {

constexpr std::array kCompared = {Counter::input, Counter::output, Counter::total};

bool is_called_difference(std::string_view name) {
  constexpr std::array<std::string_view, 9> kNames = {"delta",       "diff",   "difference",
                                                      "reduction",   "change", "reduced",
                                                      "improvement", "gain",   "overhead"};
  const auto words = words_of(name);
  return words.size() <= 3 && std::any_of(words.begin(), words.end(), [&](const std::string& word) {
           return std::find(kNames.begin(), kNames.end(), word) != kNames.end();
         });
}

/// Whether the first is larger than the second by that.
bool is_difference(const Counts& difference, const Counts& first, const Counts& second) {
  bool any = false;
  for (const Counter counter : kCompared) {
    const auto told = difference[counter];
    if (!told) continue;
    if (!first[counter] || !second[counter] || *first[counter] < *second[counter] ||
        *first[counter] - *second[counter] != *told)
      return false;
    any = any || *told > 0;
  }
  return any;
}

}  // namespace

bool is_negative_difference(std::string_view name, const Json& member) {
  bool any = false;
  member.each_member(
      [&](std::string_view, const Json& value) { any = any || value.real().value_or(0) < 0; });
  return any && is_called_difference(name);
}

void pass_over_differences(SeenNode& node) {
  auto& children = node.children;
  if (children.size() < 3) return;
  const auto is_one = [&](const SeenNode& child) {
    if (!child.usage || !is_called_difference(child.key)) return false;
    for (auto first = children.begin(); first != children.end(); ++first) {
      for (auto second = first + 1; second != children.end(); ++second) {
        if (&*first == &child || &*second == &child || !first->usage || !second->usage) continue;
        if (is_difference(child.usage->given, first->usage->given, second->usage->given))
          return true;
      }
    }
    return false;
  };
  constexpr std::size_t kMostMembers = 16;
  if (children.size() > kMostMembers) return;
  const auto difference = std::find_if(children.begin(), children.end(), is_one);
  if (difference == children.end()) return;
  node.passed_over.push_back(difference->key);
  children.erase(difference);
}

}  // namespace usagectl
