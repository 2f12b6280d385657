#pragma once

#include <string>
#include <vector>

#include "analysis/checks/budgets.hpp"
#include "cli/options/option_set.hpp"

namespace usagectl {

/// --max, --min, --expect and --per.
struct BudgetOptions {
  std::vector<std::string> most;
  std::vector<std::string> least;
  std::vector<std::string> exact;
  std::string zone;  ///< of the days of --per; empty = UTC
  std::string per;

  /// Throws UsageError when --per is alone. `place` is the name of what is read.
  Budgets budgets(const std::string& place) const;
};

void add_budget_options(OptionSet set, BudgetOptions& options);

/// Says why a value of --per is no key; empty when it is one.
std::string check_budget_key(const std::string& key);

}  // namespace usagectl
