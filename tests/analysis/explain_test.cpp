#include "analysis/causes/explain.hpp"

#include <doctest/doctest.h>

#include "analysis/causes/digits.hpp"

namespace usagectl {
namespace {

CasePart call(Count input, Count output, Count reasoning = 0) {
  CasePart part;
  part.place.pointer = "/calls/0";
  part.counts.set(Counter::input, input);
  part.counts.set(Counter::output, output);
  part.counts.set(Counter::reasoning, reasoning);
  part.counts.set(Counter::total, input + output);
  part.given = part.counts;
  part.counts.set(Counter::requests, Count{1});
  return part;
}

/// A claim that adds up, over these calls.
Case sound(std::vector<CasePart> calls) {
  Case of;
  of.place.pointer = "/total";
  of.parts = "calls";
  of.part = "call";
  PartsSum sum;
  for (const CasePart& part : calls) sum.add(part);
  of.sums = sum.counts();
  for (const Counter counter :
       {Counter::input, Counter::output, Counter::total, Counter::requests}) {
    of.numbers.push_back({counter, *of.sums[counter], *of.sums[counter]});
  }
  of.members = static_cast<Count>(calls.size());
  of.items = std::move(calls);
  return of;
}

void shift(Case& of, Counter counter, Count by) {
  for (CaseNumber& number : of.numbers) {
    if (number.counter == counter) number.asserted += by;
  }
}

TEST_CASE("a difference of one plausible call is a detail that is missing") {
  Case of = sound({call(900, 120), call(400, 80)});
  for (const auto& [counter, by] : {std::pair{Counter::input, 700},
                                    {Counter::output, 90},
                                    {Counter::total, 790},
                                    {Counter::requests, 1}})
    shift(of, counter, by);
  CHECK(explain(of).cause == "detail-missing");
}

TEST_CASE(
    "a difference that is no call, for its total is not input + output as in all others, has no "
    "cause") {
  Case of = sound({call(900, 120), call(400, 80)});
  for (const auto& [counter, by] : {std::pair{Counter::input, 700},
                                    {Counter::output, 90},
                                    {Counter::total, 800},
                                    {Counter::requests, 1}})
    shift(of, counter, by);
  CHECK(explain(of).cause.empty());
  CHECK(explain(of).sentence == "no single cause explains it");
}

TEST_CASE("several calls that lack without a gap in a numbering are possible, not certain") {
  Case of = sound({call(900, 120), call(400, 80)});
  for (const auto& [counter, by] : {std::pair{Counter::input, 700},
                                    {Counter::output, 90},
                                    {Counter::total, 790},
                                    {Counter::requests, 2}})
    shift(of, counter, by);
  CHECK(explain(of).cause.empty());
  CHECK(explain(of).possible == std::vector<std::string_view>{"detail-missing"});
}

TEST_CASE(
    "a repeated last detail and an aggregate saved before it fit equally, and neither is certain") {
  Case of = sound({call(900, 120), call(400, 80), call(400, 80)});
  for (const auto& [counter, by] : {std::pair{Counter::input, -400},
                                    {Counter::output, -80},
                                    {Counter::total, -480},
                                    {Counter::requests, -1}})
    shift(of, counter, by);
  const Explanation explanation = explain(of);
  CHECK(explanation.cause.empty());
  CHECK(explanation.possible ==
        std::vector<std::string_view>{"detail-repeated", "aggregate-stale"});
}

TEST_CASE("twice and three times the sum in every number is all of it added again") {
  for (const int times : {2, 3}) {
    Case of = sound({call(900, 120), call(400, 80), call(300, 70)});
    for (const auto& [counter, sum] : {std::pair{Counter::input, 1600},
                                       {Counter::output, 270},
                                       {Counter::total, 1870},
                                       {Counter::requests, 3}})
      shift(of, counter, (times - 1) * sum);
    CHECK(explain(of).cause == "sum-added-again");
  }
  // As much as another part of the same size would add is one of them.
  Case of = sound({call(900, 120)});
  for (const auto& [counter, by] : {std::pair{Counter::input, 900}, {Counter::output, 120}})
    shift(of, counter, by);
  CHECK(explain(of).cause != "sum-added-again");
}

TEST_CASE("its number tells that the last detail is repeated") {
  Case of = sound({call(900, 120), call(400, 80), call(400, 80)});
  of.items[0].number = 1;
  of.items[1].number = 2;
  of.items[2].number = 2;
  for (const auto& [counter, by] : {std::pair{Counter::input, -400},
                                    {Counter::output, -80},
                                    {Counter::total, -480},
                                    {Counter::requests, -1}})
    shift(of, counter, by);
  CHECK(explain(of).cause == "detail-repeated");
}

TEST_CASE(
    "a cause must hold in every number at once: what explains one of them is only the closest") {
  Case of = sound({call(900, 120, 50), call(400, 80, 30)});
  shift(of, Counter::output, 80);
  CHECK(explain(of).cause == "reasoning-added");
  shift(of, Counter::input, 12345);
  CHECK(explain(of).cause.empty());
  CHECK(explain(of).sentence.find("closest: reasoning-added, but for input") != std::string::npos);
}

TEST_CASE(
    "a part whose own total contradicts it by as much is found out, and the aggregate is not "
    "blamed") {
  Case of = sound({call(900, 120), call(400, 80)});
  of.items[1].counts.set(Counter::input, Count{40});
  of.items[1].given.set(Counter::input, Count{40});
  for (CaseNumber& number : of.numbers) {
    if (number.counter == Counter::input) number.calculated -= 360;
  }
  const Explanation explanation = explain(of);
  CHECK(explanation.cause == "digits-changed");
  REQUIRE(explanation.witnesses.size() == 1);
  CHECK(explanation.witnesses[0].tokens[Counter::input] == 40);
}

TEST_CASE("digits are swapped, dropped or doubled, and nothing else") {
  CHECK(digits_change(12345, 12435) == DigitsChange::swapped);
  CHECK(digits_change(12345, 52341) == DigitsChange::swapped);
  CHECK(digits_change(12345, 1245) == DigitsChange::dropped);
  CHECK(digits_change(12345, 122345) == DigitsChange::doubled);
  CHECK(digits_change(12345, 12346) == DigitsChange::none);
  CHECK(digits_change(12345, 127345) == DigitsChange::none);
  CHECK(digits_change(12345, 12345) == DigitsChange::none);
}

TEST_CASE("what 32 bits keep of a number, and what a double keeps") {
  CHECK(is_wrapped(5'000'000'000, 5'000'000'000 - 4'294'967'296));
  CHECK(is_wrapped(5'000'000'000, 4'294'967'295));
  CHECK_FALSE(is_wrapped(5'000'000'000, 4'000'000'000));
  CHECK(is_double(9'007'199'254'740'992));
  CHECK_FALSE(is_double(9'007'199'254'740'993));
  CHECK(double_step(9'007'199'254'740'993) == 2);
}

}  // namespace
}  // namespace usagectl
