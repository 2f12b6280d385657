#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/books/books.hpp"
#include "model/counter.hpp"
#include "model/finding.hpp"

namespace usagectl {

/// How a sum must relate to the number of a budget.
enum class Bound : std::uint8_t { at_most, at_least, exactly };

/// An amount in a currency.
struct CostLimit {
  Money money;
  Currency currency;
};

/// A claim of the user: a counter of all records, or of the records of each value of a key, is at
/// most, at least or exactly so many.
struct Budget {
  Bound bound = Bound::at_most;
  Counter counter = Counter::total;
  Count number = 0;
  /// In the place of both: of what the files state that the records cost.
  std::optional<CostLimit> cost = {};
};

/// "total=500000" or "cost=25USD" as a budget of that bound.
std::optional<Budget> parse_budget(Bound bound, std::string_view text);
/// Says why a text is no budget; empty when it is one.
std::string check_budget(const std::string& text);

/// The budgets of a run.
struct Budgets {
  std::vector<Budget> list;
  std::string per;    ///< the key by whose values they are kept: "model"; empty = all records
  std::string place;  ///< the name of what was read, or of the file that sets them, for findings
};

struct BudgetResult {
  std::uint64_t passed = 0;
  std::uint64_t unprovable = 0;
  std::vector<Finding> findings;  ///< their file is not set
};

/// Checks the budgets against books whose question has `per` as its only key. A sum that lacks
/// records proves what it can: too large is too large. What it leaves open is a warning.
BudgetResult check_budgets(const Budgets& budgets, const Books& books);

}  // namespace usagectl
