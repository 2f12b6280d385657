#include "formats/layouts/layout_check.hpp"

#include <doctest/doctest.h>

#include <string>

#include "formats/layouts/builtin_layouts.hpp"
#include "formats/layouts/layout_parser.hpp"

using namespace usagectl;

namespace {

std::string layout_with(const std::string& tokens) {
  return R"({"layout":"made_up","records":[{"at":"/calls/*","counters":{"input":"in","output":"out"}}],)"
         R"("samples":[{"document":{"calls":[{"in":3,"out":4}]},"records":[{"tokens":)" +
         tokens + "}]}]}";
}

}  // namespace

TEST_CASE("every built-in layout says where its facts are from, and its samples hold") {
  for (std::size_t i = 0; i < kEmbeddedLayoutsSize; ++i) {
    const EmbeddedLayout& text = kEmbeddedLayouts[i];
    CAPTURE(text.file);
    const Layout layout = parse_layout(text.json, text.file);
    CHECK_FALSE(layout.url.empty());
    CHECK_FALSE(layout.seen.empty());
    const LayoutCheck check = check_layout(text.json, text.file);
    CHECK(check.samples > 0);
    for (const std::string& fault : check.faults) FAIL_CHECK(fault);
  }
}

TEST_CASE("a sample holds when its document gives the records that it says") {
  CHECK(check_layout(layout_with(R"({"input":3,"output":4,"total":7})"), "x.json").faults.empty());
}

TEST_CASE("a sample whose document gives another number is a fault with its place") {
  const LayoutCheck check = check_layout(layout_with(R"({"input":5})"), "x.json");
  REQUIRE(check.faults.size() == 1);
  CHECK(check.faults.front() == "x.json: /samples/0/records/0: input is 3, expected 5");
}

TEST_CASE("a misspelt key of a sample is a mistake with its place") {
  CHECK_THROWS_WITH(check_layout(layout_with(R"({"inptu":3})"), "x.json"),
                    "x.json: /samples/0/records/0/tokens/inptu: is not known; did you mean input?");
}

TEST_CASE("a layout without samples has been checked against nothing") {
  const LayoutCheck check =
      check_layout(R"({"layout":"x","records":[{"at":"","counters":{"input":"in"}}]})", "x.json");
  REQUIRE(check.faults.size() == 1);
  CHECK(check.faults.front() == "x.json: no samples: nothing was checked");
}

TEST_CASE("another number of records than expected is shown with what came out") {
  const LayoutCheck check = check_layout(
      R"({"layout":"x","records":[{"at":"/calls/*","counters":{"input":"in","output":"out"}}],)"
      R"("samples":[{"document":{"calls":[{"in":3,"out":4}]},"records":[]}]})",
      "x.json");
  REQUIRE(check.faults.size() == 1);
  CHECK(check.faults.front() ==
        "x.json: /samples/0: gives 1 records, expected 0: input 3, output 4, total 7 at /calls/0");
}

TEST_CASE("what a record lacks is absent, not an empty text") {
  const LayoutCheck check = check_layout(
      R"({"layout":"x","records":[{"at":"","counters":{"input":"in","output":"out"}}],)"
      R"("samples":[{"document":{"in":3,"out":4},"records":[{"id":"a"}]}]})",
      "x.json");
  REQUIRE(check.faults.size() == 1);
  CHECK(check.faults.front() == "x.json: /samples/0/records/0: id is absent, expected \"a\"");
}

TEST_CASE("a path that is found in no record of the samples is a warning") {
  const LayoutCheck check = check_layout(
      R"({"layout":"x","records":[{"at":"/u","id":"call","counters":{"input":"in","output":"out"}}],)"
      R"("samples":[{"document":{"call":"a","u":{"in":3,"out":4}},"records":[{}]}]})",
      "x.json");
  CHECK(check.faults.empty());
  REQUIRE(check.warnings.size() == 1);
  CHECK(check.warnings.front() ==
        "x.json: /records/0/id: call is found in no record of the samples");
}
