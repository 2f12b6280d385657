#pragma once

#include <optional>
#include <vector>

#include "analysis/causes/case.hpp"
#include "analysis/causes/explain.hpp"
#include "analysis/causes/total_ways.hpp"

namespace usagectl {

/// A claim that sums up objects, and what is so for all of them.
struct SummedUp {
  explicit SummedUp(Case summed);

  Case claim;
  std::vector<TotalWay> ways;
  bool excess_is_output = false;
};

/// Why the total of one object is not what its own numbers give: `asserted` is written, and its
/// meaning asks for `calculated`. `of` is a claim that sums it up, and must hold when it is mended;
/// nullptr where there is none.
Explanation explain_object(const CasePart& object, Count asserted, Count calculated,
                           const SummedUp* of);

}  // namespace usagectl
