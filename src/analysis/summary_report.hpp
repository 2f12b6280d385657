#pragma once

#include <string>
#include <utility>
#include <vector>

#include "ledger/books/group_key.hpp"
#include "model/intake.hpp"
#include "model/tally.hpp"

namespace usagectl {

struct SummaryGroup {
  GroupKey key;  ///< one value per name of the breakdown
  Tally tally;
};

/// Sums of the same usage, split by some keys.
struct Breakdown {
  std::vector<std::string> by;  ///< names of the keys: "model", "entity", "tick", …
  std::vector<SummaryGroup> groups;
};

/// What `summarize` reports.
struct SummaryReport {
  Intake intake;
  Breakdown main;
  Tally total;
  /// Further views of the same usage (ticks and phases of a simulation), shown when no grouping
  /// was asked for. Not to be added to `main`.
  std::vector<Breakdown> others;
};

}  // namespace usagectl
