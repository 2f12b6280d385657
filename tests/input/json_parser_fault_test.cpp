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

TEST_CASE("a wide number and half a surrogate pair are read in whichever order they come") {
  JsonParser parser;
  for (const std::string text :
       {R"({"n":1e999,"s":"\ud800"})", R"({"s":"\ud800","n":1e999})",
        "{\"s\":\"\xff\",\"n\":1e999,\"t\":\"\\udc00\",\"m\":123456789012345678901234567890}"}) {
    CAPTURE(text);
    CHECK_FALSE(parser.parse_copy(text).fault.has_value());
  }
}

TEST_CASE("a fault behind a long string is placed where it is") {
  JsonParser parser;
  const std::string head =
      "{\"a\":\"" + std::string(100'000, 'x') + "\\n" + std::string(100'000, 'y') + "\",\n";
  const auto parsed = parser.parse_copy(head + "\"b\" 1}");
  REQUIRE(parsed.fault);
  CHECK(parsed.fault->offset == head.size() + 4);
  CHECK(parsed.fault->line == 2);
  const auto unfinished = parser.parse_copy("{\"a\":\"" + std::string(100'000, 'x'));
  REQUIRE(unfinished.fault);
  CHECK(unfinished.fault->unfinished);
  CHECK(unfinished.fault->offset == 100'006);
}

TEST_CASE("brackets without end are one fault") {
  JsonParser parser;
  std::string deep;
  for (int i = 0; i < 3'000'000; ++i) deep += "[1,";
  const auto parsed = parser.parse_copy(deep);
  REQUIRE(parsed.fault);
  CHECK(parsed.fault->what == "is nested deeper than 256 levels");
}
