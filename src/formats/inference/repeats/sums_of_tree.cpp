#include "formats/inference/repeats/sums_of_tree.hpp"

#include <algorithm>
#include <charconv>

#include "formats/inference/running_list.hpp"
#include "formats/reading/row_tree.hpp"

namespace usagectl {
namespace {

/// What the row around a usage object says of itself.
struct RowIds {
  std::string id;
  std::string key;  ///< under which that is
  std::size_t outward = 0;
  std::string other_id;
  std::string above;
  bool is_any = false;
};

RowIds ids_of_row(const PlaceNode& place, std::size_t instance) {
  RowIds ids;
  std::size_t outward = 0;
  for (const PlaceNode* node = &place; node != nullptr; node = node->parent, ++outward) {
    for (const SeenField& field : node->instances[instance].seen->fields) {
      if (field.tells == "above" && ids.above.empty()) ids.above = field.value;
      ids.is_any = ids.is_any || field.tells == "above" || field.tells == "row";
      if (field.tells != "row") continue;
      if (ids.id.empty()) {
        ids.id = field.value;
        ids.key = field.key;
        ids.outward = outward;
      } else if (ids.other_id.empty()) {
        ids.other_id = field.value;
      }
    }
    // A map by model may stand in the row: {"usage": {"gpt-4o": {…}}}.
    if (node->is_star() && (ids.is_any || !node->keys_are_data)) break;
    instance = node->instances[instance].parent;
  }
  return ids;
}

/// Whether a place is in the rows of a list, however far inside.
bool is_in_a_list(const PlaceNode& place) {
  const PlaceNode* node = &place;
  while (node->parent != nullptr && !(node->is_star() && !node->keys_are_data)) node = node->parent;
  return node->is_star() && !node->keys_are_data;
}

Condition is_one_of(const SumsOfTree& sums, const std::vector<std::string>& ids) {
  Condition condition;
  condition.from.outward = sums.outward;
  condition.from.path.tokens = {sums.key};
  for (const std::string& id : ids) {
    condition.is.emplace_back(id);
    Count number = 0;
    const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
    if (error == std::errc() && end == id.data() + id.size()) condition.is.emplace_back(number);
  }
  return condition;
}

}  // namespace

std::optional<SumsOfTree> sums_of_tree(const PlaceNode& place) {
  constexpr std::size_t kMost = 16'384;
  constexpr std::size_t kMostSums = 1024;
  if (place.instances.size() < 2 || place.instances.size() > kMost || !is_in_a_list(place))
    return std::nullopt;
  std::vector<RowIds> ids;
  std::vector<TreeRow> rows;
  bool is_any_below = false;
  for (std::size_t i = 0; i < place.instances.size(); ++i) {
    const SeenNode& seen = *place.instances[i].seen;
    if (seen.times > 1) return std::nullopt;
    RowIds& row = ids.emplace_back(ids_of_row(place, i));
    const std::size_t above = hash_of_row_id(row.above);
    is_any_below = is_any_below || above != 0;
    rows.push_back({{hash_of_row_id(row.id), hash_of_row_id(row.other_id), above, row.is_any},
                    seen.usage ? seen.usage->given : Counts()});
  }
  if (!is_any_below) return std::nullopt;
  SumsOfTree sums;
  const std::vector<RowOfTree> verdicts = judge_rows(rows);
  const auto is_aside = [&](std::size_t row) {
    return verdicts[row] == RowOfTree::sum || verdicts[row] == RowOfTree::no_sum;
  };
  std::set<std::string> calls;
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    if (!is_aside(i)) calls.insert(ids[i].id);
  }
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const RowIds& row = ids[i];
    if (verdicts[i] == RowOfTree::unclear) sums.is_doubtful = true;
    if (!is_aside(i)) continue;
    // All of them are named by one key, and no call by the same id, or they are in doubt.
    if (sums.key.empty()) {
      sums.key = row.key;
      sums.outward = row.outward;
    }
    if (row.key != sums.key || row.outward != sums.outward || sums.ids.size() >= kMostSums ||
        calls.contains(row.id)) {
      sums.is_doubtful = true;
      continue;
    }
    sums.instances.insert(i);
    (verdicts[i] == RowOfTree::sum ? sums.ids : sums.unproved).push_back(row.id);
  }
  return sums;
}

std::vector<LayoutRecord> set_aside(const SumsOfTree& sums, LayoutRecord& calls) {
  std::vector<LayoutRecord> records;
  const LayoutRecord all = calls;
  for (const auto* ids : {&sums.ids, &sums.unproved}) {
    if (ids->empty()) continue;
    LayoutRecord& aside = records.emplace_back(all);
    aside.counted = false;
    aside.where = {is_one_of(sums, *ids)};
    if (ids == &sums.ids)
      aside.rule = "sum of the rows below it";
    else
      aside.why =
          "it is above others, as rows are that sum up the rows below them, and reports more than "
          "they do";
    calls.where.push_back(is_one_of(sums, *ids));
    calls.where.back().is_negated = true;
  }
  return records;
}

}  // namespace usagectl
