#include "analysis/checks/resolve_claims.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/reconcile.hpp"
#include "ledger/ledger.hpp"

using namespace usagectl;

namespace {

/// What becomes of the claims in these observations.
struct Judged {
  Books books;
  Resolution resolution;

  explicit Judged(Observations&& found) {
    Ledger ledger(reconcile_question(), {"made-up.json"});
    ledger.begin_file(0, false);
    ledger.add(std::move(found), 0);
    ledger.end_file();
    books = ledger.finish();
    resolution = resolve_claims(books);
  }

  const Finding& only() const {
    REQUIRE(books.findings.size() == 1);
    return books.findings.front();
  }
};

void add_members(Observations& found, GroupId group, const std::vector<Count>& numbers) {
  for (const Count number : numbers) found.member({group, 1, number});
}

/// Two calls of 10 tokens that cost so much, and an object that says what they cost together.
Observations claimed_cost(std::string_view total, std::string_view first, std::string_view second,
                          std::string_view currency = "USD") {
  Observations found;
  const GroupId group = found.group();
  const UnitId unit = found.unit();
  for (const std::string_view amount : {first, second}) {
    UsageRecord record;
    record.unit = unit;
    record.counts.set(Counter::total, Count(10));
    record.parts_of = {group};
    if (!amount.empty())
      record.cost =
          std::make_shared<const Cost>(Cost{*read_amount(amount), Currency("USD"), "cost"});
    found.record(std::move(record));
  }
  SumClaim claim;
  claim.group = group;
  claim.parts = "calls";
  claim.numbers = {{.counter = Counter::total, .asserted = 20}};
  claim.cost = Cost{*read_amount(total), Currency(currency), "total_cost"};
  found.claim(std::move(claim));
  return found;
}

}  // namespace

TEST_CASE("a stated cost holds where it is the sum of what its parts cost") {
  for (const std::string_view currency : {"USD", ""}) {
    const Judged judged(claimed_cost("0.30000000000000004", "0.1", "0.2", currency));
    CHECK(judged.books.findings.empty());
    CHECK(judged.resolution.passed == 2);
  }
}

TEST_CASE("a stated cost is refuted by what its parts cost") {
  const Judged judged(claimed_cost("0.4", "0.1", "0.2"));
  CHECK(judged.only().rule == Rule::cost);
  CHECK(judged.only().severity == Severity::error);
  CHECK(judged.only().place.pointer == "/total_cost");
  REQUIRE(judged.only().cost.has_value());
  CHECK(judged.only().cost->calculated.text() == "0.3");
  CHECK(judged.only().cost->difference().text() == "0.1");
}

TEST_CASE("a stated cost is not checked where a part lacks one or has another currency") {
  for (const bool is_other_currency : {false, true}) {
    const Judged judged(is_other_currency ? claimed_cost("0.3", "0.1", "0.2", "EUR")
                                          : claimed_cost("0.3", "0.1", ""));
    CHECK(judged.only().rule == Rule::cost);
    CHECK(judged.only().severity == Severity::note);
    CHECK(judged.resolution.passed == 1);
  }
}

TEST_CASE("a number of things is the number of the members that are there") {
  for (const Count asserted : {2, 3}) {
    Observations found;
    const GroupId group = found.group();
    add_members(found, group, {0, 0});
    CountClaim claim;
    claim.group = group;
    claim.parts = "outputs";
    claim.asserted = asserted;
    found.claim(std::move(claim));
    const Judged judged(std::move(found));
    CHECK(judged.books.findings.size() == (asserted == 2 ? 0 : 1));
    if (asserted == 3) CHECK(judged.only().rule == Rule::count);
  }
}

TEST_CASE("a numbering is refuted by a gap and by a repeat") {
  struct Numbering {
    std::vector<Count> numbers;
    Count last;
  };
  for (const Numbering& numbering : {Numbering{{1, 3}, 3}, Numbering{{1, 2, 2}, 2}}) {
    Observations found;
    const GroupId group = found.group();
    add_members(found, group, numbering.numbers);
    SequenceClaim claim;
    claim.group = group;
    claim.parts = "requests";
    claim.last = numbering.last;
    found.claim(std::move(claim));
    const Judged judged(std::move(found));
    CHECK(judged.only().rule == Rule::sequence);
    CHECK(judged.only().explanation.starts_with("number 2"));
  }
}

TEST_CASE("a name in two chains is refuted with the place of the first") {
  Observations found;
  const GroupId group = found.group();
  found.claim(UniqueName{group, "resp_1", "character ada", {0, 3, {}}});
  found.claim(UniqueName{group, "resp_1", "character lin", {0, 9, {}}});
  const Judged judged(std::move(found));
  CHECK(judged.only().rule == Rule::chain);
  REQUIRE(judged.only().witnesses.size() == 1);
  CHECK(judged.only().witnesses.front().place.line == 3);
}

TEST_CASE("a sum without a single part cannot be proved") {
  Observations found;
  SumClaim claim;
  claim.group = found.group();
  claim.parts = "details";
  ClaimedNumber number;
  number.asserted = 5;
  claim.numbers.push_back(number);
  found.claim(std::move(claim));
  const Judged judged(std::move(found));
  CHECK(judged.resolution.unprovable == 1);
  CHECK(judged.only().severity == Severity::warning);
}
