#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/prices/priced_calls.hpp"
#include "analysis/summary_groups.hpp"
#include "model/intake.hpp"
#include "model/tally.hpp"

namespace usagectl {

/// Sums of the same usage, split by some keys.
struct Breakdown {
  std::vector<std::string> by;  ///< names of the keys: "model", "entity", "tick", …
  SummaryGroups groups;
  /// What a limit leaves out, and how many groups it is.
  Tally rest = {};
  std::size_t rest_groups = 0;
};

/// The order of the groups, and how many of them there are.
struct GroupOrder {
  std::optional<Counter> by;  ///< largest first, unknown last; nothing = by the keys
  std::string key;            ///< by this key first, where the groups have it; empty = by all
  std::size_t most = 0;       ///< 0 = all
};

/// What `summarize` reports.
struct SummaryReport {
  Intake intake;
  Breakdown main;
  Tally total;
  /// Further views of the same usage (ticks and phases of a simulation), shown when no grouping
  /// was asked for. Not to be added to `main`.
  std::vector<Breakdown> others;
  /// Nobody asked for keys: they are all that the records have.
  bool is_grouped_by_default = false;
  /// The zone of days, weeks and months in it; empty if there are none.
  std::string zone;
  /// What the calls cost by the prices, where that was asked for.
  std::optional<CalculatedCosts> calculated = {};
};

}  // namespace usagectl
