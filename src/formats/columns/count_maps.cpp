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
  for (const std::string& word : words_of(key)) {
    name.is_by_names = name.is_by_names || word == "by" || word == "per";
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

/// The keys of a map of numbers, where they are names and not counters.
std::vector<std::string_view> names_in(const Json& map) {
  std::vector<std::string_view> names;
  bool are_names = map.is_object();
  map.each_member([&](std::string_view name, const Json& count) {
    are_names = are_names && (count.is_number() || count.is_null()) && !counter_named(name) &&
                !names_total(name) && !names_no_usage(name) && !holds_parts(name);
    names.push_back(name);
  });
  std::sort(names.begin(), names.end());
  return are_names ? names : std::vector<std::string_view>();
}

bool counts(const CountMaps& maps, Quantity quantity) {
  return std::any_of(maps.maps.begin(), maps.maps.end(), [&](const CountMaps::Map& map) {
    const auto counter = counter_named(map.name);
    return counter && counter->quantity == quantity;
  });
}

}  // namespace

std::string CountMaps::key() const {
  const std::string_view first = maps.front().key;
  return parts_of(first).is_by_names ? std::string(first) : fmt::format("{}_by_name", first);
}

std::string CountMaps::usage(std::string_view of) const {
  std::string text;
  for (const Map& map : maps) {
    if (const Json count = map.counts[of]; count.is_number())
      text += fmt::format("{}{}:{}", text.empty() ? "{" : ",", quoted_text(map.name),
                          count.described());
  }
  return text.empty() ? "{}" : text + '}';
}

std::optional<CountMaps> maps_of_counts(const Json& object) {
  CountMaps found;
  bool is_said = false;
  object.each_member([&](std::string_view key, const Json& map) {
    if (!map.is_object()) return;
    MapName name = parts_of(key);
    const bool is_counter = counter_named(name.counts) || names_number_of_calls(name.counts);
    if (!(is_counter && !names_no_usage(name.counts)) && !is_cost(name.counts)) return;
    const auto names = names_in(map);
    if (names.empty() || (!found.names.empty() && names != found.names)) return;
    is_said =
        is_said || name.is_by_names || std::all_of(names.begin(), names.end(), looks_like_model);
    found.names = names;
    found.maps.push_back({key, std::move(name.counts), map});
  });
  if (!is_said || !counts(found, Quantity::input) || !counts(found, Quantity::output))
    return std::nullopt;
  // In the order in which they are written.
  found.names.clear();
  found.maps.front().counts.each_member(
      [&](std::string_view name, const Json&) { found.names.push_back(name); });
  return found;
}

}  // namespace usagectl
