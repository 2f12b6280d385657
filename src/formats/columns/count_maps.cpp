#include "formats/columns/count_maps.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "dialects/unknown_keys.hpp"
#include "dialects/usage_words.hpp"
#include "formats/columns/quoted_text.hpp"

namespace usagectl {
namespace {

struct MapName {
  std::string counts;        ///< "input_tokens" of "input_tokens_by_model"
  bool is_by_names = false;  ///< it says that it is by something
};

MapName parts_of(std::string_view key) {
  MapName name;
  constexpr std::string_view kOwners[] = {"model", "agent", "user",    "day",   "provider", "task",
                                          "stage", "phase", "session", "run",   "project",  "key",
                                          "name",  "step",  "role",    "entity"};
  const auto words = words_of(key);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    // "per_dollar" and "per_second" are rates.
    const bool is_per =
        word == "per" && i + 1 < words.size() &&
        std::find(std::begin(kOwners), std::end(kOwners), words[i + 1]) != std::end(kOwners);
    name.is_by_names = name.is_by_names || word == "by" || is_per;
    if (name.is_by_names) continue;
    if (!name.counts.empty()) name.counts.push_back('_');
    name.counts += word;
  }
  if (!name.is_by_names) name.counts = key;
  return name;
}

bool is_cost(std::string_view name) {
  const auto words = words_of(name);
  return std::any_of(words.begin(), words.end(),
                     [](const std::string& word) { return word == "cost" || word == "costs"; });
}

using Named = std::pair<std::string_view, Json>;

/// The counts of a map whose keys are names and not counters, sorted by name.
std::vector<Named> counts_by_name(const Json& map) {
  std::vector<Named> counts;
  bool are_names = map.is_object();
  map.each_member([&](std::string_view name, const Json& count) {
    are_names = are_names && (count.is_number() || count.is_null()) && !counter_named(name) &&
                !names_total(name) && !names_no_usage(name) && !holds_parts(name);
    if (are_names) counts.emplace_back(name, count);
  });
  if (!are_names) return {};
  std::sort(counts.begin(), counts.end(),
            [](const Named& a, const Named& b) { return a.first < b.first; });
  return counts;
}

bool have_same_names(const std::vector<Named>& a, const std::vector<Named>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Named& one, const Named& other) { return one.first == other.first; });
}

bool counts(const CountMaps& maps, Quantity quantity) {
  return std::any_of(maps.maps.begin(), maps.maps.end(), [&](const CountMaps::Map& map) {
    const auto counter = counter_named(map.name);
    return counter && counter->quantity == quantity;
  });
}

}  // namespace

InputAndOutput CountMaps::sums() const {
  InputAndOutput sums;
  for (const Map& map : maps) {
    const auto counter = counter_named(map.name);
    if (!counter || (counter->quantity != Quantity::input && counter->quantity != Quantity::output))
      continue;
    ExactSum& sum = counter->quantity == Quantity::input ? sums.input : sums.output;
    for (const auto& [name, count] : map.counts) sum += read_count(count).count.value_or(0);
  }
  return sums;
}

std::string CountMaps::key() const {
  const std::string_view first = maps.front().key;
  return parts_of(first).is_by_names ? std::string(first) : fmt::format("{}_by_name", first);
}

std::string CountMaps::usage(std::string_view of) const {
  std::string text;
  for (const Map& map : maps) {
    const auto count =
        std::lower_bound(map.counts.begin(), map.counts.end(), of,
                         [](const Named& one, std::string_view name) { return one.first < name; });
    if (count != map.counts.end() && count->first == of && count->second.is_number())
      text += fmt::format("{}{}:{}", text.empty() ? "{" : ",", quoted_text(map.name),
                          count->second.described());
  }
  return text.empty() ? "{}" : text + '}';
}

std::optional<CountMaps> maps_of_counts(const Json& object) {
  // An object with more members is a map itself.
  constexpr std::size_t kMostMembers = 64;
  if (!object.is_object() || object.size() > kMostMembers) return std::nullopt;
  CountMaps found;
  Json first;
  bool is_said = false;
  object.each_member([&](std::string_view key, const Json& map) {
    if (!map.is_object()) return;
    MapName name = parts_of(key);
    const bool is_counter = counter_named(name.counts) || names_number_of_calls(name.counts);
    if (!(is_counter && !names_no_usage(name.counts)) && !is_cost(name.counts)) return;
    auto by_name = counts_by_name(map);
    if (by_name.empty() ||
        (!found.maps.empty() && !have_same_names(by_name, found.maps.front().counts)))
      return;
    is_said = is_said || name.is_by_names ||
              std::all_of(by_name.begin(), by_name.end(),
                          [](const Named& one) { return looks_like_model(one.first); });
    if (found.maps.empty()) first = map;
    found.maps.push_back({key, std::move(name.counts), std::move(by_name)});
  });
  if (!is_said || !counts(found, Quantity::input) || !counts(found, Quantity::output))
    return std::nullopt;
  first.each_member([&](std::string_view name, const Json&) { found.names.push_back(name); });
  return found;
}

}  // namespace usagectl
