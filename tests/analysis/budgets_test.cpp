#include "analysis/checks/budgets.hpp"

#include <doctest/doctest.h>

#include "ledger/books/group_key.hpp"

using namespace usagectl;

namespace {

/// Records with this total each; a negative one is not known.
Books books_with(const std::vector<Count>& totals) {
  Books books;
  books.units.resize(1);
  ViewSums& view = books.units[0].views[0];
  std::string key;
  pack_key(UsageRecord(), {}, {"x.json"}, key);
  for (const Count total : totals) {
    Counts counts;
    if (total >= 0) counts.set(Counter::total, total);
    view.by_key.add(key, counts);
  }
  if (!totals.empty()) books.counted_views = {{0, 0}};
  return books;
}

BudgetResult checked(Bound bound, Count number, const Books& books) {
  return check_budgets({{{bound, Counter::total, number}}, "", "logs"}, books);
}

Severity severity_of(const BudgetResult& result) {
  REQUIRE(result.findings.size() == 1);
  return result.findings.front().severity;
}

}  // namespace

TEST_CASE("a sum up to its budget keeps it") {
  CHECK(checked(Bound::at_most, 30, books_with({10, 20})).passed == 1);
  CHECK(checked(Bound::exactly, 30, books_with({10, 20})).passed == 1);
  CHECK(checked(Bound::at_least, 30, books_with({10, 20})).passed == 1);
}

TEST_CASE("a sum beyond its budget violates it, even when records lack the counter") {
  const BudgetResult result = checked(Bound::at_most, 29, books_with({10, 20, -1}));
  CHECK(severity_of(result) == Severity::error);
  CHECK(result.findings[0].calculated == 30);
  CHECK(severity_of(checked(Bound::exactly, 29, books_with({10, 20, -1}))) == Severity::error);
}

TEST_CASE("a budget is unprovable when a record lacks the counter") {
  const BudgetResult result = checked(Bound::at_most, 100, books_with({10, 20, -1}));
  CHECK(severity_of(result) == Severity::warning);
  CHECK(result.unprovable == 1);
  CHECK(result.passed == 0);
  CHECK(severity_of(checked(Bound::exactly, 100, books_with({10, -1}))) == Severity::warning);
}

TEST_CASE("what is enough needs no further records") {
  CHECK(checked(Bound::at_least, 25, books_with({10, 20, -1})).passed == 1);
}

TEST_CASE("a budget is unprovable when input was rejected") {
  Books books = books_with({10});
  books.intake.rejected = 1;
  CHECK(severity_of(checked(Bound::at_most, 100, books)) == Severity::warning);
}

TEST_CASE("without any usage nothing keeps a budget, and nothing is what is expected") {
  CHECK(severity_of(checked(Bound::at_most, 100, books_with({}))) == Severity::warning);
  CHECK(severity_of(checked(Bound::exactly, 100, books_with({}))) == Severity::error);
}

TEST_CASE("a budget is a counter and a whole number") {
  CHECK(check_budget("total=500000").empty());
  CHECK(check_budget("totl=5") == "invalid counter \"totl\"; did you mean total?");
  CHECK_FALSE(check_budget("total=-5").empty());
  CHECK_FALSE(check_budget("total=5k").empty());
  CHECK_FALSE(check_budget("total").empty());
}

namespace {

/// Records that state such a cost each; of an empty one, none.
Books books_that_cost(const std::vector<std::string>& amounts) {
  Books books = books_with({});
  std::string key;
  pack_key(UsageRecord(), {}, {"x.json"}, key);
  for (const std::string& amount : amounts) {
    CostOfRecord cost;
    if (!amount.empty())
      cost = std::make_shared<const Cost>(Cost{*read_amount(amount), Currency("USD"), "cost"});
    books.units[0].views[0].by_key.add(key, Counts(), cost);
  }
  books.counted_views = {{0, 0}};
  return books;
}

BudgetResult cost_checked(std::string_view budget, const Books& books) {
  return check_budgets({{*parse_budget(Bound::at_most, budget)}, "", "logs"}, books);
}

}  // namespace

TEST_CASE("a budget in money is compared with what the files state") {
  CHECK(cost_checked("cost=0.3USD", books_that_cost({"0.1", "0.2"})).passed == 1);
  CHECK(severity_of(cost_checked("cost=0.29 USD", books_that_cost({"0.1", "0.2"}))) ==
        Severity::error);
}

TEST_CASE("a budget in money is open where records state no cost in its currency") {
  CHECK(severity_of(cost_checked("cost=0.3USD", books_that_cost({"0.1", ""}))) ==
        Severity::warning);
  CHECK(severity_of(cost_checked("cost=0.3EUR", books_that_cost({"0.1"}))) == Severity::warning);
  CHECK(severity_of(cost_checked("cost=0.3USD", books_that_cost({"0.4", ""}))) == Severity::error);
}

TEST_CASE("a budget in money needs a currency") {
  CHECK(check_budget("cost=25USD").empty());
  CHECK(check_budget("cost=25") ==
        "invalid amount \"25\"; use one with its currency such as 25USD");
}
