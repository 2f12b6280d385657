#include "analysis/diff/key_difference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace usagectl {

std::string_view presence_of(const KeyUse& use) {
  if (use.records == 0) return "never";
  if (use.nulls == use.records) return "null";
  return use.records == use.of && use.nulls == 0 ? "always" : "sometimes";
}

std::vector<KeyDifference> compare_keys(const Side& a, const Side& b) {
  std::set<std::string> paths;
  for (const auto& [path, use] : a.keys) paths.insert(path);
  for (const auto& [path, use] : b.keys) paths.insert(path);
  std::vector<KeyDifference> keys;
  for (const auto& path : paths) {
    const auto use = [&](const Side& side) {
      const auto found = side.keys.find(path);
      return found == side.keys.end() ? KeyUse() : found->second;
    };
    keys.push_back({path, use(a), use(b)});
  }
  return keys;
}

PartVerdict judge_keys(const std::vector<KeyDifference>& keys) {
  const auto number_of = [&](auto&& test) {
    return static_cast<std::size_t>(std::count_if(keys.begin(), keys.end(), test));
  };
  const auto only_a = number_of([](const KeyDifference& key) { return key.b.records == 0; });
  const auto only_b = number_of([](const KeyDifference& key) { return key.a.records == 0; });
  const auto other = number_of([](const KeyDifference& key) {
    return key.a.records > 0 && key.b.records > 0 && presence_of(key.a) != presence_of(key.b);
  });
  const auto shared = keys.size() - only_a - only_b;
  if (keys.empty() || (shared == 0 && (only_a == 0 || only_b == 0)))
    return {Likeness::undetermined, "no keys of usage objects to compare"};
  std::string sentence;
  if (only_a + only_b == 0) {
    sentence = fmt::format("the same {} {} on both sides", shared, shared == 1 ? "key" : "keys");
  } else {
    sentence = fmt::format("{} only in A, {} only in B, {} shared", only_a, only_b, shared);
  }
  if (other > 0) sentence += fmt::format("; {} not as often on one side as on the other", other);
  return {only_a + only_b == 0 ? Likeness::same : Likeness::different, std::move(sentence)};
}

}  // namespace usagectl
