#include "formats/utc_time.hpp"

#include <doctest/doctest.h>

#include <string>

#include "input/json_parser.hpp"

using namespace usagectl;

namespace {

std::string read(const std::string& json) {
  JsonParser parser;
  const std::string document = "[" + json + "]";
  std::string time;
  parser.parse_copy(document).root.each_item([&](std::size_t, const Json& item) { time = utc_time(item); });
  return time;
}

}  // namespace

TEST_CASE("a time in UTC stays as it is written") { CHECK(read("\"2026-03-01T09:00:00.125Z\"") == "2026-03-01T09:00:00.125Z"); }

TEST_CASE("a time in another zone is turned into UTC") {
  CHECK(read("\"2026-03-01T00:30:00+02:00\"") == "2026-02-28T22:30:00Z");
  CHECK(read("\"2026-12-31T23:30:00.5-0100\"") == "2027-01-01T00:30:00.5Z");
  CHECK(read("\"2026-07-21 06:14:07.104805+00:00\"") == "2026-07-21T06:14:07.104805Z");
}

TEST_CASE("a time without a zone, and what is no time, is not known") {
  CHECK(read("\"2026-03-01T09:00:00\"").empty());
  CHECK(read("\"2026-03-01\"").empty());
  CHECK(read("\"yesterday at about nine o'clock\"").empty());
  CHECK(read("-1").empty());
}

TEST_CASE("a number is seconds, or milliseconds when it is too large for them") {
  CHECK(read("1767225600") == "2026-01-01T00:00:00Z");
  CHECK(read("1767225600999") == "2026-01-01T00:00:00Z");
}
