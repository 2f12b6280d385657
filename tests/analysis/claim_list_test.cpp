#include "analysis/checks/claim_list.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "analysis/reconcile.hpp"
#include "ledger/ledger.hpp"

using namespace usagectl;

namespace {

/// The claims in these observations, and what is said of their parts.
struct Listed {
  std::vector<ListedClaim> claims;
  std::vector<GroupPart> parts;

  explicit Listed(Observations&& found) {
    Question question = reconcile_question();
    question.on_part = [this](const GroupPart& part) { parts.push_back(part); };
    Ledger ledger(std::move(question), {"made-up.json"});
    ledger.begin_file(0, false);
    ledger.add(std::move(found), 0);
    ledger.end_file();
    claims = list_claims(ledger.finish());
  }

  const ListedClaim& only() const {
    REQUIRE(claims.size() == 1);
    return claims.front();
  }
  /// The sum over the parts of a kind, less those that take it back.
  Count sum(PartKind kind, PartKind back, Counter counter) const {
    Count total = 0;
    for (const GroupPart& part : parts) {
      if (part.kind == kind) total += part.counts[counter].value_or(0);
      if (part.kind == back) total -= part.counts[counter].value_or(0);
    }
    return total;
  }
};

UsageRecord part_of(GroupId group, UnitId unit, Count output) {
  UsageRecord record;
  record.unit = unit;
  record.parts_of[0] = group;
  record.counts.set(Counter::output, output);
  return record;
}

}  // namespace

TEST_CASE("each number of a sum is listed with its group and the place of its key") {
  Observations found;
  const GroupId group = found.group();
  const UnitId unit = found.unit();
  found.record(part_of(group, unit, 3));
  SumClaim claim;
  claim.place.pointer = "/usage";
  claim.group = group;
  claim.parts = "details";
  claim.missing_is_zero = true;
  claim.numbers = {{.counter = Counter::output, .key = "out", .asserted = 4}};
  found.claim(std::move(claim));
  const Listed listed(std::move(found));
  CHECK(listed.only().group == group);
  CHECK(listed.only().place.pointer == "/usage/out");
  CHECK(listed.only().asserted == 4);
  CHECK(listed.only().conditions == "missing_is_zero");
  CHECK(listed.only().explanation == "output is not the sum of its details");
  REQUIRE(listed.parts.size() == 1);
  CHECK(listed.parts[0].group == group);
  CHECK(listed.parts[0].counts[Counter::output] == Count(3));
}

TEST_CASE("a fuller report of a call takes the earlier one back from a sum as written") {
  Observations found;
  const GroupId group = found.group_as_written();
  const UnitId unit = found.unit();
  for (const Count output : {3, 5}) {
    UsageRecord record = part_of(group, unit, output);
    record.id = "call-1";
    record.same_id = SameId::growth;
    found.record(std::move(record));
  }
  const Listed listed(std::move(found));
  CHECK(listed.sum(PartKind::written, PartKind::unwritten, Counter::output) == 5);
  CHECK(listed.sum(PartKind::solved, PartKind::unsolved, Counter::output) == 5);
}

TEST_CASE("what a reader found not to hold is listed with both numbers") {
  struct Found {
    Rule rule;
    Count asserted;
    Count calculated;
    Demand demand;
  };
  for (const Found& one :
       {Found{Rule::identity, 5, 4, Demand::equals}, Found{Rule::part, 5, 4, Demand::at_most},
        Found{Rule::continuity, 4, 5, Demand::at_least},
        Found{Rule::identity, 4, 4, Demand::nothing}}) {
    Observations found;
    found.finding({.rule = one.rule, .asserted = one.asserted, .calculated = one.calculated});
    const Listed listed(std::move(found));
    CHECK(listed.only().group == 0);
    CHECK(listed.only().compared == one.calculated);
    CHECK(listed.only().demand == one.demand);
  }
}

TEST_CASE("a part that could not be read is a part without counts") {
  Observations found;
  const GroupId group = found.group();
  found.rejected({0, 0, "/details/1"}, "not a usage object", {group});
  const Listed listed(std::move(found));
  REQUIRE(listed.parts.size() == 1);
  CHECK(listed.parts[0].kind == PartKind::rejected);
}

TEST_CASE("snapshots of one usage are listed as numbers that do not fall") {
  Observations found;
  for (const std::uint64_t number : {1U, 2U})
    found.record(
        part_of(0, found.snapshot_unit({"pass", number}), static_cast<Count>(10 * number)));
  const Listed listed(std::move(found));
  CHECK(listed.only().rule == Rule::continuity);
  CHECK(listed.only().demand == Demand::at_least);
  CHECK(listed.only().asserted == 20);
  CHECK(listed.only().compared == Count(10));
}
