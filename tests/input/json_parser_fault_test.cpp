// Places and refusals that a fuzzer found wrong.
#include <doctest/doctest.h>

#include <string>

#include "input/json/json_parser.hpp"

using namespace usagectl;

TEST_CASE("a fault behind invalid UTF-8 or a wide number is placed in the file, not in a copy") {
  JsonParser parser;
  const auto after_bytes = parser.parse_copy("{\"a\":\"\xff\xff\",\n\"b\" 1}");
  REQUIRE(after_bytes.fault);
  CHECK(after_bytes.fault->line == 2);
  CHECK(after_bytes.fault->offset == 15);
  CHECK(after_bytes.invalid_utf8_at == 6);
  const auto after_number = parser.parse_copy("[123456789012345678901234567890, 1e999, x]");
  REQUIRE(after_number.fault);
  CHECK(after_number.fault->offset == 40);
}

TEST_CASE("what is no number in JSON is refused, not taken for a wide one") {
  JsonParser parser;
  for (const std::string text : {"[-]", "[--1]", "[99999999999999999999-1]",
                                 "[99999999999999999999.]", "[1e999e]", "[01e999]"}) {
    CAPTURE(text);
    CHECK(parser.parse_copy(text).fault.has_value());
  }
  CHECK_FALSE(parser.parse_copy("[99999999999999999999, -1e999, 0.5e-999]").fault.has_value());
}
