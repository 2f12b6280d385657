#include "render/text/number_text.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace usagectl;

TEST_CASE("thousands are separated") {
  CHECK(number_text(0) == "0");
  CHECK(number_text(999) == "999");
  CHECK(number_text(1000) == "1,000");
  CHECK(number_text(44636) == "44,636");
  CHECK(number_text(123456) == "123,456");
  CHECK(number_text(kLargestCount) == "9,223,372,036,854,775,807");
  CHECK(number_text(std::numeric_limits<std::uint64_t>::max()) == "18,446,744,073,709,551,615");
  CHECK(number_text(std::numeric_limits<Count>::min()) == "-9,223,372,036,854,775,808");
  CHECK(number_text(-100) == "-100");
}

TEST_CASE("what is not known is never 0") {
  CHECK(number_text(std::optional<Count>()) == "-");
  CHECK(number_text(std::optional<Count>(0)) == "0");
}

TEST_CASE("a difference shows its direction") {
  CHECK(difference_text(1487) == "+1,487");
  CHECK(difference_text(-1487) == "-1,487");
  CHECK(difference_text(0) == "0");
}
