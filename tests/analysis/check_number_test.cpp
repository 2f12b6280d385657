#include "analysis/checks/check_number.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <vector>

using namespace usagectl;

namespace {

Counts counts(std::optional<Count> input, std::optional<Count> output) {
  Counts counts;
  counts.set(Counter::input, input);
  counts.set(Counter::output, output);
  return counts;
}

Group group_of(const std::vector<Counts>& parts) {
  Group group;
  for (const Counts& part : parts) group.tally.add(part);
  return group;
}

Group group_as_written(const std::vector<Counts>& given, const std::vector<Counts>& solved) {
  Group group = group_of(solved);
  group.as_written = std::make_unique<SumsAsWritten>();
  for (const Counts& part : given) group.as_written->given.add(part);
  for (const Counts& part : solved) group.as_written->solved.add(part);
  return group;
}

ClaimedNumber output_of(Count asserted) {
  ClaimedNumber number;
  number.counter = Counter::output;
  number.asserted = asserted;
  return number;
}

SumClaim as_written() {
  SumClaim claim;
  claim.is_as_written = true;
  return claim;
}

}  // namespace

TEST_CASE("a number holds when it is the sum of its parts, and fails when it is not") {
  const Group group = group_of({counts(1, 2), counts(1, 3)});
  CHECK(check_number({}, output_of(5), group).check == NumberCheck::holds);
  CHECK(check_number({}, output_of(6), group).check == NumberCheck::fails);
}

TEST_CASE("a sum over parts that lack the counter proves nothing") {
  const Group group = group_of({counts(1, 2), counts(1, std::nullopt)});
  CHECK(check_number({}, output_of(2), group).check == NumberCheck::incomplete);
}

TEST_CASE("a writer that adds 0 for a missing counter can be checked all the same") {
  SumClaim claim;
  claim.missing_is_zero = true;
  const Group group = group_of({counts(1, 2), counts(1, std::nullopt)});
  CHECK(check_number(claim, output_of(2), group).check == NumberCheck::holds);
}

TEST_CASE("parts as written may hold where parts as solved do not, and the other way round") {
  const Group group = group_as_written({counts(1, 2), counts(1, 3)}, {counts(1, 9), counts(1, 9)});
  CHECK(check_number(as_written(), output_of(5), group).check == NumberCheck::holds);
  ClaimedNumber number = output_of(7);
  CHECK(check_number(as_written(), number, group).check == NumberCheck::fails);
  number.solved = 18;
  CHECK(check_number(as_written(), number, group).check == NumberCheck::holds);
}

TEST_CASE("a total that follows from input and output says nothing beyond them") {
  ClaimedNumber total;
  total.counter = Counter::total;
  total.asserted = 99;
  total.is_derived = true;
  const Group group = group_as_written({counts(1, 2)}, {counts(1, 2)});
  CHECK(check_number(as_written(), total, group).check == NumberCheck::follows);
}

TEST_CASE("a counter that no part has is not checked") {
  ClaimedNumber reasoning;
  reasoning.counter = Counter::reasoning;
  reasoning.asserted = 4;
  const Group group = group_as_written({counts(1, 2)}, {counts(1, 2)});
  CHECK(check_number(as_written(), reasoning, group).check == NumberCheck::unlisted);
}
