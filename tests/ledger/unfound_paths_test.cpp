#include "ledger/books/unfound_paths.hpp"

#include <doctest/doctest.h>

namespace usagectl {
namespace {

LayoutPaths read_of(bool is_found, std::uint64_t looked_at) {
  return {.layout = "made_up",
          .place = {},
          .paths = {{"/records/0/model", "\"engin\"", "records", looked_at, is_found}}};
}

}  // namespace

TEST_CASE("a path that no file has is said once, with all records that were looked at") {
  UnfoundPaths paths;
  paths.add(read_of(false, 2));
  paths.add(read_of(false, 3));
  REQUIRE(paths.findings().size() == 1);
  CHECK(paths.findings().front().severity == Severity::warning);
  CHECK(paths.findings().front().explanation ==
        "layout made_up, /records/0/model: \"engin\" is in none of 5 records");
}

TEST_CASE("a path that one file has is no mistake") {
  UnfoundPaths paths;
  paths.add(read_of(false, 2));
  paths.add(read_of(true, 1));
  CHECK(paths.findings().empty());
}

TEST_CASE("a path that was looked for in nothing is no mistake") {
  UnfoundPaths paths;
  paths.add(read_of(false, 0));
  CHECK(paths.findings().empty());
  CHECK(paths.knows("made_up"));
}

}  // namespace usagectl
