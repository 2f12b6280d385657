#include "formats/inference/repeats/sum_row.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "dialects/usage_words.hpp"

namespace usagectl {
namespace {

constexpr Counter kCompared[] = {Counter::input, Counter::output, Counter::total};

bool is_half_of(const Tally& own, const Tally& all) {
  const auto half = half_of(own, all);
  return half && half->matches > 1 && half->is_large;
}

/// All usage in a row but totals so far.
Tally usage_of_row(const SeenNode& node) {
  Tally tally;
  if (node.usage && !node.usage->is_running) tally.merge(tally_of(node));
  for (const SeenNode& child : node.children) tally.merge(usage_of_row(child));
  return tally;
}

bool is_used(const Tally& usage) {
  return std::any_of(std::begin(kCompared), std::end(kCompared),
                     [&](Counter counter) { return usage.sum_of(counter).value_or(0) > 0; });
}

/// Two calls may happen to add up to round numbers.
bool is_beyond_chance(const Tally& sum, std::size_t parts) {
  constexpr std::size_t kMany = 3;
  const bool is_round =
      std::all_of(std::begin(kCompared), std::end(kCompared),
                  [&](Counter counter) { return sum.sum_of(counter).value_or(0) % 10 == 0; });
  return parts >= kMany || (parts > 1 && !is_round);
}

}  // namespace

std::optional<Half> half_of(const Tally& own, const Tally& all) {
  constexpr Count kNoChance = 50;
  Half half;
  for (const Counter counter : kCompared) {
    const auto mine = own.sum_of(counter);
    const auto together = all.sum_of(counter);
    if (!mine || !together) continue;
    if ((ExactSum(*mine) += *mine) != ExactSum(*together)) return std::nullopt;
    if (*mine > 0) ++half.matches;
    half.is_large = half.is_large || *mine >= kNoChance;
  }
  return half;
}

bool is_total_row(const SeenNode& row) {
  return std::any_of(row.fields.begin(), row.fields.end(), [](const SeenField& field) {
    return (field.tells == "model" || field.tells == "part" || field.tells == "day") &&
           names_total(field.value) && field.value.size() <= 16;
  });
}

const SeenNode* find_sum_row(const SeenNode& list) {
  constexpr std::size_t kFewest = 3;
  const auto& rows = list.children;
  if (rows.size() < kFewest) return nullptr;
  Tally all;
  std::size_t used = 0;
  for (const SeenNode& row : rows) {
    const Tally usage = usage_of_row(row);
    if (usage.records != row.times) return nullptr;
    if (is_used(usage)) used += row.times;
    all.merge(usage);
  }
  for (const SeenNode& row : rows) {
    // Of a long list, the largest row is one for itself: see RowFolder.
    if (row.times != 1) continue;
    const Tally usage = usage_of_row(row);
    if (is_half_of(usage, all) && is_beyond_chance(usage, used - 1)) return &row;
  }
  return nullptr;
}

}  // namespace usagectl
