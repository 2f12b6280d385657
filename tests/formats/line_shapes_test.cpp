#include "formats/lines/line_shapes.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "dialects/catalogue.hpp"
#include "formats/lines/plain_line.hpp"
#include "formats/plain_line_text.hpp"
#include "formats/random_lines.hpp"
#include "input/json/json_parser.hpp"

namespace usagectl {
namespace {

using Read = bool (*)(const Catalogue&, const Json&, PlainLine&);

void check_same(LineShapes& shapes, Read read, const std::string& line, bool& was_known) {
  static const Catalogue catalogue = load_builtin_catalogue();
  CAPTURE(line);
  JsonParser parser;
  const ParsedJson parsed = parser.parse_copy(line);
  REQUIRE(!parsed.fault);
  PlainLine slowly;
  const bool is_plain = read(catalogue, parsed.root, slowly);
  PlainLine quickly;
  was_known = shapes.read(parsed.root, quickly);
  if (was_known) {
    CHECK(is_plain);
    CHECK(text_of(quickly) == text_of(slowly));
  } else if (is_plain) {
    shapes.learn(catalogue, parsed.root, slowly);
  }
}

}  // namespace

TEST_CASE("a line of a known shape says what a slow look at it says, whatever its values") {
  RandomLines lines(7);
  LineShapes shapes(LineShapes::Of::lines);
  std::size_t known = 0;
  for (int shape = 0; shape < 400; ++shape) {
    const RandomLines::Shape one = lines.shape_of_line();
    for (int values = 0; values < 8; ++values) {
      bool was_known = false;
      check_same(shapes, read_plain_line, lines.line(one), was_known);
      known += was_known ? 1U : 0U;
    }
  }
  CHECK(known > 100);
}

TEST_CASE("a row of a known shape says what a slow look at it says, whatever its values") {
  RandomLines lines(8);
  LineShapes shapes(LineShapes::Of::rows);
  std::size_t known = 0;
  for (int shape = 0; shape < 400; ++shape) {
    const auto of_line = lines.names(kOfLine);
    const auto of_usage = lines.names(kOfUsage);
    for (int values = 0; values < 8; ++values) {
      const std::string before = lines.members(of_line);
      const std::string usage = lines.members(of_usage);
      bool was_known = false;
      check_same(
          shapes, read_plain_row,
          fmt::format("{{{}{}{}}}", before, before.empty() || usage.empty() ? "" : ",", usage),
          was_known);
      known += was_known ? 1U : 0U;
    }
  }
  CHECK(known > 100);
}

TEST_CASE("a line of another shape is not taken for a known one") {
  const Catalogue catalogue = load_builtin_catalogue();
  LineShapes shapes(LineShapes::Of::lines);
  JsonParser parser;
  PlainLine read;
  const std::string_view known = R"({"id":"a","usage":{"prompt_tokens":1,"completion_tokens":2}})";
  const ParsedJson first = parser.parse_copy(known);
  REQUIRE(read_plain_line(catalogue, first.root, read));
  shapes.learn(catalogue, first.root, read);
  for (const std::string_view other : {
           R"({"id":"a","usage":{"prompt_tokens":1,"completion_tokens":2},"more":1})",
           R"({"id":"a","usage":{"prompt_tokens":1,"completion_tokens":2,"more":1}})",
           R"({"id":"a","usage":{"prompt_tokens":1}})",
           R"({"id":"a"})",
           R"({"id":5,"usage":{"prompt_tokens":1,"completion_tokens":2}})",
           R"({"id":"a","usage":{"prompt_tokens":1,"completion_tokens":[2]}})",
           R"({"id":"a","usage":{"prompt_tokens":1,"completion_tokens":"two"}})",
           R"({"id":"a","Usage":{"prompt_tokens":1,"completion_tokens":2}})",
       }) {
    CAPTURE(other);
    CHECK_FALSE(shapes.read(parser.parse_copy(other).root, read));
  }
  CHECK(shapes.read(parser.parse_copy(known).root, read));
}

}  // namespace usagectl
