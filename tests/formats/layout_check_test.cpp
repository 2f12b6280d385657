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
