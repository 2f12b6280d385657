#pragma once

#include <cstddef>

#include "input/json/json.hpp"
#include "model/counts.hpp"
#include "model/observations.hpp"

namespace usagectl {

/// The rows of a table, of which one may be called total and be the sum of those above it.
class TotalRows {
 public:
  /// Looks at the records of a row, which begin at `first`. One that is a sum is not counted; one
  /// that is called so and is none is counted, with a warning.
  void look(const Json& row, std::size_t first, Observations& observations);

 private:
  Counts sums_;
  std::size_t rows_ = 0;  ///< since the last sum
};

}  // namespace usagectl
