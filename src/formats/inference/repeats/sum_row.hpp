#pragma once

#include <optional>

#include "formats/inference/place_tree.hpp"

namespace usagectl {

/// Twice as much is all of them together. How many counters show it, and whether in a number that
/// chance does not make.
struct Half {
  int matches = 0;
  bool is_large = false;
};
/// Nothing where a counter is not the half.
std::optional<Half> half_of(const Tally& own, const Tally& all);

/// A row that says of itself that it is the total of a list, {"model": "TOTAL"}.
bool is_total_row(const SeenNode& row);

/// The row of a list whose usage, its own or the one below it, is the sum of that of all the
/// others: the run around its steps, under whatever name. A call may happen to be as large as two
/// others, and is as large as another beside one that failed. nullptr where there is none.
const SeenNode* find_sum_row(const SeenNode& list);

}  // namespace usagectl
