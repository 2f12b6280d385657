#include "model/cost.hpp"

#include <doctest/doctest.h>

#include <initializer_list>

using namespace usagectl;

namespace {

Cost cost(std::string_view amount, std::string_view currency = "USD") {
  return {*read_amount(amount), Currency(currency), {}};
}

CostMatch match(std::string_view total, std::initializer_list<std::string_view> parts) {
  CostSum sum;
  for (const std::string_view part : parts) sum.add(*read_amount(part));
  return compare(*read_amount(total), sum);
}

}  // namespace

TEST_CASE("a total is exactly the sum of its parts") {
  CHECK(match("0.3", {"0.1", "0.2"}) == CostMatch::exact);
  CHECK(match("0.00007159", {"0.00007", "0.00000159"}) == CostMatch::exact);
}

TEST_CASE("the noise of adding up binary numbers is tolerated") {
  CHECK(match("0.30000000000000004", {"0.1", "0.2"}) == CostMatch::but_for_noise);
  CHECK(match("0.3", {"0.1", "0.20000000000000001"}) == CostMatch::but_for_noise);
}

TEST_CASE("the noise of a total that was added up on its own is tolerated") {
  CHECK(match("3.077116199999996", {"0.9809017999999974", "2.096214400000005"}) ==
        CostMatch::but_for_noise);
}

TEST_CASE("more than noise is a difference where digits show binary numbers") {
  CHECK(match("0.3000000000011234", {"0.1000000000000001", "0.2"}) == CostMatch::differs);
}

TEST_CASE("a total may be rounded to the digits that it is written with") {
  CHECK(match("0.12", {"0.0611", "0.0575"}) == CostMatch::as_rounded);
  CHECK(match("0.13", {"0.0611", "0.0575"}) == CostMatch::differs);
}

TEST_CASE("parts may be rounded to the digits that they are written with") {
  CHECK(match("0.1234567890123456", {"0.0617", "0.0617"}) == CostMatch::as_rounded);
  CHECK(match("0.1236567890123456", {"0.0617", "0.0617"}) == CostMatch::differs);
}

TEST_CASE("nothing is rounded to less than cents") {
  CHECK(match("1", {"1.004"}) == CostMatch::as_rounded);
  CHECK(match("1", {"1.3"}) == CostMatch::differs);
  CHECK(match("0", {"0.3"}) == CostMatch::differs);
}

TEST_CASE("amounts of different currencies are not added up") {
  CostSums sums;
  sums.add(cost("1", "USD"));
  sums.add(cost("2", "EUR"));
  sums.add(cost("3", ""));
  REQUIRE(sums.by_currency().size() == 3);
  CHECK(sums.by_currency()[0].sum.text() == "3");
  CHECK(sums.by_currency()[1].sum.text() == "2");
  CHECK_FALSE(sums.whole(3).has_value());
}

TEST_CASE("a sum is whole where each record has a cost in one currency") {
  CostSums sums;
  sums.add(cost("0.1"));
  sums.add(cost("0.2"));
  REQUIRE(sums.whole(2).has_value());
  CHECK(sums.whole(2)->sum.text() == "0.3");
  CHECK_FALSE(sums.whole(3).has_value());
}

TEST_CASE("what is taken back was never there") {
  CostSums sums;
  sums.add(cost("0.1"));
  sums.add(cost("0.2", "EUR"));
  sums.remove(cost("0.1"));
  REQUIRE(sums.by_currency().size() == 1);
  CHECK(sums.by_currency().front().currency == Currency("EUR"));
}

TEST_CASE("sums merge in any order with the same result") {
  CostSums a;
  a.add(cost("0.1"));
  CostSums b;
  b.add(cost("0.25"));
  b.add(cost("1", "EUR"));
  CostSums ab = a;
  ab.merge(b);
  CostSums ba = b;
  ba.merge(a);
  REQUIRE(ab.by_currency().size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(ab.by_currency()[i].sum == ba.by_currency()[i].sum);
    CHECK(ab.by_currency()[i].records == ba.by_currency()[i].records);
  }
}
