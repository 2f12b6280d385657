#include "ledger/books/time_span.hpp"

#include <doctest/doctest.h>

using namespace usagectl;

TEST_CASE("both ends of a time span belong to it, and a day is the whole day") {
  const TimeSpan span{"2026-11-20", "2026-11-22"};
  CHECK(span.holds("2026-11-20T00:00:00Z"));
  CHECK(span.holds("2026-11-22T23:59:59Z"));
  CHECK_FALSE(span.holds("2026-11-19T23:59:59Z"));
  CHECK_FALSE(span.holds("2026-11-23T00:00:00Z"));
}

TEST_CASE("a record without a time is in no time span") {
  CHECK_FALSE(TimeSpan{"2026", ""}.holds(""));
}

TEST_CASE("times are written from the year down") {
  for (const char* const time :
       {"2026", "2026-11", "2026-11-22", "2026-11-22T03", "2026-11-22T03:04:05Z"})
    CHECK(is_time(time));
  for (const char* const text :
       {"", "yesterday", "22.11.2026", "2026-11-22 03:04", "2026-11-22T03:04:05+01:00",
        "2026-02-30", "2026-13-01", "2026-11-22T25"})
    CHECK_FALSE(is_time(text));
}

TEST_CASE("durations are a number and a unit") {
  CHECK(parse_duration_seconds("24h") == 86400);
  CHECK(parse_duration_seconds("7d") == 604800);
  for (const char* const text : {"", "h", "24", "-1h", "1w", "99999999999999999999h"})
    CHECK_FALSE(parse_duration_seconds(text).has_value());
}

TEST_CASE("times without a zone, and dates, are compared in the zone that is asked for") {
  const TimeSpan day_in_new_york{"2026-03-29T04:00:00", "2026-03-30T03:59:59", "2026-03-29",
                                 "2026-03-29T23:59:59"};
  CHECK(day_in_new_york.holds("2026-03-29"));
  CHECK(day_in_new_york.holds("2026-03-29T23:30:00"));
  CHECK(day_in_new_york.holds("2026-03-30T03:30:00Z"));
  CHECK_FALSE(day_in_new_york.holds("2026-03-30"));
  CHECK_FALSE(day_in_new_york.holds("2026-03-30T00:30:00"));
  CHECK_FALSE(day_in_new_york.holds("2026-03-29T03:30:00Z"));
}
