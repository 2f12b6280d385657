#include "render/text/money_text.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace usagectl;

namespace {

std::string shown(std::string_view amount) { return money_text(read_amount(amount)->money); }

}  // namespace

TEST_CASE("tables show six digits behind the point, and no zeros at the end") {
  CHECK(shown("0.30000000000000004") == "0.3");
  CHECK(shown("12.3456785") == "12.345679");
  CHECK(shown("3") == "3");
}

TEST_CASE("thousands are told apart") {
  CHECK(shown("379347.84") == "379,347.84");
  CHECK(shown("-1234567.5") == "-1,234,567.5");
  CHECK(shown("999") == "999");
}

TEST_CASE("an amount too small for that shows its first three digits") {
  CHECK(shown("0.0000001234567") == "0.000000123");
  CHECK(shown("0.00000007") == "0.00000007");
  CHECK(shown("0") == "0");
}

TEST_CASE("a difference shows which way it goes") {
  CHECK(money_difference_text(read_amount("0.25")->money) == "+0.25");
  CHECK(money_difference_text(read_amount("-0.25")->money) == "-0.25");
  CHECK(money_difference_text(Money()) == "0");
}
