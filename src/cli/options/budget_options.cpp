#include "cli/options/budget_options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/options/time_options.hpp"
#include "cli/output/usage_error.hpp"
#include "ledger/books/group_key.hpp"

namespace usagectl {

namespace {

std::vector<std::string> keys() {
  std::vector<std::string> names;
  for (const GroupingKey& key : grouping_keys()) names.emplace_back(key.name);
  return names;
}

/// The beginnings of the values of --max, --min and --expect.
std::vector<std::string> counters() {
  std::vector<std::string> beginnings;
  for (const std::string_view name : kCounterNames) beginnings.push_back(fmt::format("{}=", name));
  beginnings.emplace_back("cost=");
  return beginnings;
}

}  // namespace

std::string check_budget_key(const std::string& key) {
  const std::vector<std::string> known = keys();
  const bool is_known = std::find(known.begin(), known.end(), key) != known.end();
  return is_known ? std::string() : invalid_word("key", key, known);
}

Budgets BudgetOptions::budgets(const std::string& place) const {
  Budgets budgets{{}, per, place};
  const auto add = [&](Bound bound, const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
      const auto budget = parse_budget(bound, text);
      if (!budget) continue;
      // The last one for a counter wins: the command line overrides the project file.
      std::erase_if(budgets.list, [&](const Budget& before) {
        return before.bound == bound && before.counter == budget->counter &&
               before.cost.has_value() == budget->cost.has_value();
      });
      budgets.list.push_back(*budget);
    }
  };
  add(Bound::at_most, most);
  add(Bound::at_least, least);
  add(Bound::exactly, exact);
  if (budgets.list.empty() && !per.empty())
    throw UsageError("--per needs a budget: --max, --min or --expect");
  if (!zone.empty() && !depends_on_time(per))
    throw UsageError("--timezone needs --per month, week, day or hour");
  return budgets;
}

void add_budget_options(OptionSet set, BudgetOptions& options) {
  const auto add = [&](const std::string& name, std::vector<std::string>& values,
                       const std::string& summary) {
    set.add(name, values, summary,
            {.name = "COUNTER=N",
             .suggestions = counters(),
             .check = check_budget,
             .one_for_each_name = true});
  };
  add("--max", options.most, "Fail when a counter exceeds N, such as total=500000, or cost=25USD");
  add("--min", options.least, "Fail when a counter is below N");
  add("--expect", options.exact, "Fail when a counter is not N, such as requests=30");
  set.add("--per", options.per,
          "Apply --max, --min and --expect to each value of KEY, such as run, model, day, session "
          "or entity",
          {.name = "KEY", .suggestions = keys(), .check = check_budget_key});
  set.add("--timezone", options.zone, "Take the days of --per in ZONE, such as Europe/Berlin",
          {.name = "ZONE", .check = check_time_zone, .default_text = "UTC"});
}

}  // namespace usagectl
