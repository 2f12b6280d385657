#include "base/utc_time.hpp"

#include <doctest/doctest.h>

#include <string>

namespace usagectl {

TEST_CASE("a time that is written in UTC stays as it is") {
  for (const char* text :
       {"2026-01-31T23:59:59Z", "2026-12-01T00:00:60Z", "2026-03-01T11:00:00.259Z",
        "2026-03-01T11:00:00.Z", "0000-01-01T00:00:00.123456789Z"}) {
    CAPTURE(text);
    CHECK(is_utc_time(text));
    CHECK(utc_time(text) == text);
  }
}

TEST_CASE("a time that is written otherwise is not taken as it is") {
  for (const char* text : {"2026-03-01T11:00:00+02:00", "2026-03-01 11:00:00Z",
                           "2026-03-01T11:00:00", "2026-03-01T11:00Z", "2026-03-01", "Z", "",
                           "2026-03-01T11:00:00.25", "2026-03-01T11:00:00 UTC"}) {
    CAPTURE(text);
    CHECK_FALSE(is_utc_time(text));
    CHECK(utc_time(text) != std::string(text) + "Z");
  }
}

TEST_CASE("what is no moment is no time, though it has the form of one") {
  for (const char* text :
       {"2026-13-01T11:00:00Z", "2026-00-01T11:00:00Z", "2026-03-32T11:00:00Z",
        "2026-03-00T11:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T11:60:00Z",
        "2026-03-01T11:00:61Z", "2026-03-01T11:00:00.2x5Z", "2026-03-01T11:00:00,25Z",
        "2026-03-01T11:00:0aZ", "2026/03/01T11:00:00Z"}) {
    CAPTURE(text);
    CHECK_FALSE(is_utc_time(text));
    CHECK(utc_time(text).empty());
  }
}

}  // namespace usagectl
