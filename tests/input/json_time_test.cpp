#include "input/json/json_time.hpp"

#include <doctest/doctest.h>

#include "input/json/json_parser.hpp"

namespace usagectl {
namespace {

std::string time_in(std::string_view json) {
  JsonParser parser;
  return utc_time(parser.parse_copy(json).root);
}

TEST_CASE("a time in UTC is a number of milliseconds") {
  CHECK(milliseconds_of("1970-01-01T00:00:00Z") == 0);
  CHECK(milliseconds_of("2026-03-01T09:30:00.25Z") == 1772357400250);
  CHECK(milliseconds_of("2024-02-29T23:59:59.999999Z") == 1709251199999);
  CHECK(milliseconds_of("2026-03-01T09:30:00.25") == 1772357400250);
  CHECK_FALSE(milliseconds_of("2026-03-01 09:30:00").has_value());
  CHECK_FALSE(milliseconds_of("2026-03-01").has_value());
  CHECK_FALSE(milliseconds_of("2026-03-01T09:30:00.25+01:00").has_value());
  CHECK_FALSE(milliseconds_of("2026-03-01T09:30:00+01:00").has_value());
  CHECK_FALSE(milliseconds_of("2026-xx-01T09:30:00Z").has_value());
  CHECK(utc_time_of_milliseconds(1772357400250) == "2026-03-01T09:30:00.250Z");
  CHECK(utc_time_of_milliseconds(1772357400000) == "2026-03-01T09:30:00Z");
}

TEST_CASE("a time without a zone stays as it was written, and so does a date") {
  CHECK(time_in("\"2026-03-01T09:30:00\"") == "2026-03-01T09:30:00");
  CHECK(time_in("\"2026-03-01 09:30:00.25\"") == "2026-03-01T09:30:00.25");
  CHECK(time_in("\"2026-03-01\"") == "2026-03-01");
  CHECK(time_in("\"2026-03-01T09:30\"") == "2026-03-01T09:30:00");
}

TEST_CASE("a time with its zone is moved to UTC") {
  CHECK(time_in("\"2026-03-01T09:30:00.25Z\"") == "2026-03-01T09:30:00.25Z");
  CHECK(time_in("\"2026-03-01 09:30:00.25Z\"") == "2026-03-01T09:30:00.25Z");
  CHECK(time_in("\"2026-03-01T09:30:00+00:00\"") == "2026-03-01T09:30:00Z");
  CHECK(time_in("\"2026-03-01 10:30:00.500+01:00\"") == "2026-03-01T09:30:00.500Z");
  CHECK(time_in("\"2026-03-01T04:00:00-0530\"") == "2026-03-01T09:30:00Z");
  CHECK(time_in("\"2026-03-01T10:30:00+01\"") == "2026-03-01T09:30:00Z");
  CHECK(time_in("1772357400") == "2026-03-01T09:30:00Z");
  CHECK(time_in("\"2026-03-01T10:30+01:00\"") == "2026-03-01T09:30:00Z");
  CHECK(time_in("1772357400000000") == "2026-03-01T09:30:00Z");
  for (const char* const text :
       {"2026-03-01T09", "2026-13-01", "2026/03/01", "yesterday, I think so",
        "2026-03-01T09:30:00+1", "2026-03-01T09:30:00+99:00", "2026-03-01T09:30:00Z+1",
        "2026-0x-01T09:30:00+01:00"}) {
    CHECK(time_in("\"" + std::string(text) + "\"").empty());
  }
}

TEST_CASE("a number is seconds, or milliseconds when it is too large for them") {
  CHECK(time_in("1767225600") == "2026-01-01T00:00:00Z");
  CHECK(time_in("1767225600999") == "2026-01-01T00:00:00Z");
  CHECK(time_in("-1").empty());
}

TEST_CASE("a zone may move a time over the end of a year") {
  CHECK(time_in("\"2026-12-31T23:30:00.5-0100\"") == "2027-01-01T00:30:00.5Z");
}

}  // namespace
}  // namespace usagectl
