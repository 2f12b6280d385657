#include "model/money.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace usagectl;

namespace {

std::string read(std::string_view text) {
  const auto amount = read_amount(text);
  return amount ? amount->money.text() : "none";
}

std::string text_of(double number) {
  const auto amount = amount_of(number);
  return amount ? amount->money.text() : "none";
}

}  // namespace

TEST_CASE("an amount is read exactly, however it is written") {
  CHECK(read("12.50") == "12.5");
  CHECK(read("0.30000000000000004") == "0.30000000000000004");
  CHECK(read("7.159e-05") == "0.00007159");
  CHECK(read("1E2") == "100");
  CHECK(read("-0.003") == "-0.003");
  CHECK(read("0.000") == "0");
  CHECK(read("999999999999.000000000000000000000001") == "999999999999.000000000000000000000001");
}

TEST_CASE("a text that is no amount is none") {
  for (const std::string_view text :
       {"", "-", ".", "1,5", "$1", "1e", "1e+", "NaN", "1 ", "0x10"}) {
    CAPTURE(text);
    CHECK(read(text) == "none");
  }
  CHECK(read("1000000000000") == "none");
  CHECK(read("1e999") == "none");
}

TEST_CASE("digits behind the 24th are rounded away") {
  CHECK(read("0.0000000000000000000000014") == "0.000000000000000000000001");
  CHECK(read("0.0000000000000000000000015") == "0.000000000000000000000002");
  CHECK(read("1e-60") == "0");
}

TEST_CASE("a binary number is the shortest decimal that it is written as") {
  CHECK(text_of(0.1) == "0.1");
  CHECK(text_of(0.1 + 0.2) == "0.30000000000000004");
  CHECK(text_of(1e-7) == "0.0000001");
  CHECK(text_of(3) == "3");
}

TEST_CASE("digits beyond the 15th show a binary number that was printed") {
  CHECK_FALSE(read_amount("0.300000000000000")->is_noisy);
  CHECK(read_amount("0.30000000000000004")->is_noisy);
  CHECK(read_amount("0.0013816000000000002")->is_noisy);
  CHECK_FALSE(read_amount("123456789012")->is_noisy);
}

TEST_CASE("sums are exact where sums of binary numbers are not") {
  Money sum;
  for (int i = 0; i < 10; ++i) CHECK(sum.add(read_amount("0.1")->money));
  CHECK(sum.text() == "1");
}

TEST_CASE("a sum of money that does not fit is said not to") {
  Money sum;
  int added = 0;
  while (sum.add(read_amount("999999999999")->money)) ++added;
  CHECK(added == 170);
}

TEST_CASE("an amount in cents or ticks is divided exactly") {
  CHECK(divided(*read_amount("1.5518999999999998"), 2).money.text() == "0.015518999999999998");
  CHECK(divided(*read_amount("1721250"), 10).money.text() == "0.000172125");
  CHECK(divided(*read_amount("12"), 2).decimals == 2);
}

TEST_CASE("an amount is rounded to digits behind the point") {
  CHECK(read_amount("0.125")->money.text(2) == "0.13");
  CHECK(read_amount("-0.125")->money.text(2) == "-0.13");
  CHECK(read_amount("0.124")->money.text(2) == "0.12");
  CHECK(read_amount("12")->money.text(2) == "12");
}

TEST_CASE("a currency is three letters or unknown") {
  CHECK(Currency("USD").code() == "USD");
  CHECK_FALSE(Currency("").is_known());
  CHECK(Currency().code().empty());
}
