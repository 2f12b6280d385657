#include "capture/find_lines.hpp"

#include <doctest/doctest.h>

using namespace usagectl;

namespace {

Place found(const std::string& file, Place place) {
  find_lines({file}, {&place});
  return place;
}

}  // namespace

TEST_CASE("a place in a document gets its line and column") {
  const Place place =
      found("formats/llmplus_token_usage/job/token_usage.json", {0, 0, "/after", 0});
  CHECK(place.line > 0);
  CHECK(place.column > 0);
}

TEST_CASE("a place in a file that is not there stays as it is") {
  const Place place = found("not there", {0, 7, "/after", 0});
  CHECK(place.line == 7);
  CHECK(place.column == 0);
}

TEST_CASE("a row of a database keeps its number") {
  const Place place = found("fuzz/containers/tables.db", {0, 1, "/usage", 0});
  CHECK(place.line == 1);
  CHECK(place.column == 0);
}
