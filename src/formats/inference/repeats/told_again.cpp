#include "formats/inference/repeats/told_again.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "formats/inference/place_labels.hpp"
#include "formats/inference/repeats/growing_lists.hpp"
#include "formats/inference/repeats/sums_of_tree.hpp"

namespace usagectl {

std::set<std::size_t> told_again(const PlaceNode& place) {
  std::set<std::size_t> again;
  if (auto sums = sums_of_tree(place)) again = std::move(sums->instances);
  const auto labels = labels_of(place);
  const auto id = std::find_if(labels.begin(), labels.end(),
                               [](const PlaceLabel& label) { return label.tells == "id"; });
  const bool has_id = id != labels.end();
  const auto lists = has_id ? std::nullopt : growing_lists(place);
  if (!has_id && !(lists && lists->are_sure)) return again;
  std::map<std::string, std::vector<std::size_t>> known;
  for (std::size_t i = 0; i < place.instances.size(); ++i) {
    const SeenNode& seen = *place.instances[i].seen;
    if (!seen.usage || seen.times > 1 || again.contains(i)) continue;
    const std::string value =
        has_id ? label_of(place, i, *id) : position_in_lists(place, i, lists->star);
    if (value.empty()) continue;
    auto& same = known[value];
    const bool is_same = std::any_of(same.begin(), same.end(), [&](std::size_t other) {
      return place.instances[other].seen->usage->given == seen.usage->given;
    });
    if (is_same)
      again.insert(i);
    else
      same.push_back(i);
  }
  return again;
}

}  // namespace usagectl
