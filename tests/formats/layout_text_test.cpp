#include "formats/layouts/layout_text.hpp"

#include <doctest/doctest.h>

#include <string>

#include "formats/layouts/builtin_layouts.hpp"
#include "formats/layouts/layout_parser.hpp"

namespace usagectl {
namespace {

std::string fault_of(const std::string& text) {
  try {
    parse_layout(text, "x.json");
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

std::string with_record(const std::string& members) {
  return R"({"layout":"x","records":[{"at":"/a/*")" + members + "}]}";
}

}  // namespace

TEST_CASE("a layout that is written reads as the same one") {
  for (const auto& layout : builtin_layouts()) {
    CAPTURE(layout->id);
    const std::string text = layout_text(*layout);
    CHECK(layout_text(parse_layout(text, "x.json")) == text);
  }
}

TEST_CASE("what is wrong in a layout is told by its place and what was expected") {
  CHECK(fault_of("[]") == "x.json: is not a layout: expected an object");
  CHECK(fault_of(R"({"records":[{"at":""}]})") ==
        "x.json: expected \"layout\", the name of the layout");
  CHECK(fault_of(R"({"layout":"x"})") ==
        "x.json: expected \"records\", a list of the places of records");
  CHECK(fault_of(with_record(R"(,"role":"calls")")) ==
        "x.json: /records/0/role: expected request, aggregate or cumulative");
  CHECK(fault_of(with_record(R"(,"counters":{"input":5})")) ==
        "x.json: /records/0/counters/input: is 5, expected a text");
  CHECK(fault_of(with_record(R"(,"by":{"sesion":"s"})")) ==
        "x.json: /records/0/by/sesion: is not known; did you mean session?");
  CHECK(fault_of(with_record(R"(,"at":"/b")")) == "x.json: /records/0/at: is given twice");
  CHECK(
      fault_of(R"({"layout":"x","records":[{"at":"a"}]})") ==
      "x.json: /records/0/at: expected a place such as \"/calls/*\", \"\" for the whole document");
  CHECK(fault_of(R"({"layout":"x","records":[{"at":""}],"claims":[{"sum":""}]})") ==
        "x.json: /claims/0: expected \"of\" beside \"sum\"");
}

TEST_CASE("an escaped key is a key") {
  PathPattern pattern;
  REQUIRE(parse_path_pattern("/a~1b/*", pattern));
  CHECK(pattern.tokens.front() == "a/b");
  CHECK(pattern.text() == "/a~1b/*");
  CHECK_FALSE(parse_path_pattern("/a~2", pattern));
}

}  // namespace usagectl
