#include "input/json/pointer_positions.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace usagectl;

namespace {

/// "line:column" of the pointer, or "none"; the text comes in blocks of so many bytes.
std::string position_in(std::string_view text, std::string_view pointer, std::uint64_t line = 0,
                        std::size_t block = 1'000) {
  PointerPositions positions;
  positions.want(line, pointer);
  for (std::size_t at = 0; at < text.size(); at += block) {
    if (!positions.read(text.substr(at, block))) break;
  }
  const auto found = positions.position(line, pointer);
  return found ? std::to_string(found->line) + ":" + std::to_string(found->column) : "none";
}

constexpr std::string_view kDocument =
    "{\n"
    "  \"after\": {\n"
    "    \"a/b~c\": {\"input\": 1, \"list\": [7, {\"x\": \"}]\"}, [], 9]},\n"
    "    \"ünï\": \"ä\", \"späth\": 12\n"
    "  }\n"
    "}\n";

}  // namespace

TEST_CASE("a pointer is found on its line and column") {
  CHECK(position_in(kDocument, "/after") == "2:12");
  CHECK(position_in(kDocument, "/after/a~1b~0c/input") == "3:24");
  CHECK(position_in(kDocument, "/after/a~1b~0c/list/3") == "3:56");
}

TEST_CASE("columns are counted in code points") {
  CHECK(position_in(kDocument, "/after/späth") == "4:26");
  CHECK(position_in("\xEF\xBB\xBF{\"a\": 1}", "/a") == "1:7");
}

TEST_CASE("blocks may end anywhere") {
  for (std::size_t block = 1; block < 20; ++block) {
    CAPTURE(block);
    CHECK(position_in(kDocument, "/after/a~1b~0c/list/1/x", 0, block) == "3:45");
  }
}

TEST_CASE("an escaped key is compared as it is read") {
  CHECK(position_in(R"({"\u0061\"b": 5})", "/a\"b") == "1:15");
}

TEST_CASE("what does not exist is where its parent is") {
  CHECK(position_in(kDocument, "/after/a~1b~0c/output") == "3:14");
  CHECK(position_in(kDocument, "/before") == "none");
}

TEST_CASE("a pointer into JSON in a string leads to the string") {
  CHECK(position_in(R"({"body": "{\"usage\": 1}"})", "/body/usage") == "1:10");
}

TEST_CASE("the first of two members with one name counts") {
  CHECK(position_in("{\"a\": 1,\n\"a\": 2}", "/a") == "1:7");
}

TEST_CASE("a line of JSON lines is a document of its own") {
  constexpr std::string_view kLines = "{\"a\": 1}\n{\"b\": {\"a\": 2}, \"a\": 3}\n{\"a\": 4}\n";
  CHECK(position_in(kLines, "/a", 1) == "1:7");
  CHECK(position_in(kLines, "/a", 2) == "2:22");
  CHECK(position_in(kLines, "/a", 3) == "3:7");
}

TEST_CASE("a document over several lines begins on its line") {
  CHECK(position_in("{\"a\": 1}\n{\n  \"a\": 2\n}\n", "/a", 2) == "3:8");
}

TEST_CASE("JSON behind a prefix ends with its line") {
  constexpr std::string_view kLog =
      "[2025-11-19] INFO {\"a\": 1}\ndata: {\"b\": 2\ndata: {\"c\": 3}\n";
  CHECK(position_in(kLog, "/c", 3) == "3:13");
  CHECK(position_in(kLog, "/b", 2) == "2:13");
}

TEST_CASE("a text without JSON has no positions") {
  CHECK(position_in("model,input\nx,5\n", "/input", 2) == "none");
  CHECK(position_in("usage: {input: 5}", "/usage/input") == "none");
  CHECK(position_in("", "/usage") == "none");
}
