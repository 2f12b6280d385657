#include "formats/inference/repeats/copied_rows.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "dialects/usage_words.hpp"
#include "formats/inference/place_labels.hpp"
#include "formats/inference/repeats/told_again.hpp"

namespace usagectl {
namespace {

constexpr std::array<Counter, 2> kParts = {Counter::input, Counter::output};

/// What two tellings of one call have in common, whatever else one of them tells.
struct Row {
  std::array<std::optional<Count>, 2> parts;
  std::optional<Count> total;

  bool is_empty() const {
    return total.value_or(0) == 0 && parts[0].value_or(0) == 0 && parts[1].value_or(0) == 0;
  }
  /// Small numbers are alike by chance, unless there are two of them.
  bool is_telling() const {
    constexpr Count kNoChance = 100;
    return (parts[0].value_or(0) > 0 && parts[1].value_or(0) > 0) ||
           std::max({parts[0].value_or(0), parts[1].value_or(0), total.value_or(0)}) >= kNoChance;
  }
  bool is_whole() const { return parts[0] && parts[1]; }
  auto key() const {
    return std::tuple(is_whole(), parts[0].value_or(0), parts[1].value_or(0),
                      is_whole() ? Count(0) : total.value_or(0));
  }
};

using Rows = std::vector<Row>;

/// Nothing where rows were put together.
std::optional<Rows> rows_of(const UsageView& view) {
  Rows rows;
  for (const PlaceNode* place : view.places) {
    const auto again = told_again(*place);
    for (std::size_t i = 0; i < place->instances.size(); ++i) {
      const SeenNode& seen = *place->instances[i].seen;
      if (!seen.usage || again.contains(i)) continue;
      if (seen.times > 1) return std::nullopt;
      Row row;
      for (std::size_t part = 0; part < kParts.size(); ++part)
        row.parts[part] = seen.usage->given[kParts[part]];
      row.total = seen.usage->given[Counter::total];
      if (!row.is_empty()) rows.push_back(row);
    }
  }
  return rows;
}

}  // namespace

bool is_called_selection(std::string_view name) {
  constexpr std::string_view kSelecting[] = {"most",   "least",   "top",     "largest", "biggest",
                                             "lowest", "highest", "slowest", "worst",   "best"};
  const auto words = words_of(name);
  return words.size() > 1 && std::find(std::begin(kSelecting), std::end(kSelecting),
                                       words.front()) != std::end(kSelecting);
}

bool are_copies(const UsageView& few, const UsageView& many, bool is_selection) {
  const auto copies = rows_of(few);
  const auto rows = rows_of(many);
  if (!copies || !rows || copies->empty() || copies->size() > rows->size()) return false;
  std::map<decltype(Row().key()), std::size_t> left;
  for (const Row& row : *rows) ++left[row.key()];
  bool is_telling = is_selection;
  for (const Row& copy : *copies) {
    const auto same = left.find(copy.key());
    if (same == left.end() || same->second == 0) return false;
    --same->second;
    is_telling = is_telling || copy.is_telling();
  }
  return is_telling;
}

bool share_a_row(const UsageView& a, const UsageView& b) {
  const auto rows = rows_of(a);
  const auto others = rows_of(b);
  if (!rows || !others) return true;  // who knows
  std::set<decltype(Row().key())> known;
  for (const Row& row : *rows) {
    if (row.is_telling()) known.insert(row.key());
  }
  return std::any_of(others->begin(), others->end(),
                     [&](const Row& row) { return known.contains(row.key()); });
}

std::size_t number_of_rows(const UsageView& view) {
  std::size_t rows = 0;
  for (const PlaceNode* place : view.places) {
    for (const auto& instance : place->instances) {
      if (!instance.seen->usage) continue;
      const Counts& given = instance.seen->usage->given;
      const bool any = std::any_of(kCounters.begin(), kCounters.begin() + kTokenCounterCount,
                                   [&](Counter counter) { return given[counter].value_or(0) > 0; });
      rows += any ? instance.seen->times : 0;
    }
  }
  return rows;
}

std::optional<std::set<std::string>> ids_of(const UsageView& view) {
  std::set<std::string> ids;
  for (const PlaceNode* place : view.places) {
    const auto labels = labels_of(*place);
    const auto id = std::find_if(labels.begin(), labels.end(),
                                 [](const PlaceLabel& label) { return label.tells == "id"; });
    if (id == labels.end()) return std::nullopt;
    for (std::size_t i = 0; i < place->instances.size(); ++i) {
      if (!place->instances[i].seen->usage) continue;
      std::string value = label_of(*place, i, *id);
      if (value.empty() || place->instances[i].seen->times > 1) return std::nullopt;
      ids.insert(std::move(value));
    }
  }
  return ids;
}

}  // namespace usagectl
