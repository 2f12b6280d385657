#include "formats/lines/written_lines.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "dialects/catalogue.hpp"
#include "formats/lines/plain_line.hpp"
#include "formats/plain_line_text.hpp"
#include "formats/random_lines.hpp"
#include "formats/reading/key_paths.hpp"
#include "input/json/json_parser.hpp"

namespace usagectl {
namespace {

std::string text_of(const std::vector<KeySeen>& keys) {
  std::string text;
  for (const KeySeen& key : keys) {
    text += fmt::format("{} {} {} {}\n", key.path, key.is_null, key.count.value_or(-1),
                        key.amount ? fmt::format("{}", *key.amount) : "none");
  }
  return text;
}

/// Lines that one reader after the other meets, and what they have learned of them.
class Lines {
 public:
  /// Whether the line was read from its text, and as it is read when it is parsed.
  bool is_read_from_text(const std::string& line) {
    CAPTURE(line);
    std::string padded = line;
    padded.reserve(padded.size() + JsonParser::kPadding);
    const ParsedJson parsed = parser_.parse_copy(line);
    const bool is_matched = written_.match(padded);
    if (parsed.fault) {
      CHECK_FALSE(is_matched);
      return false;
    }
    PlainLine slowly;
    const bool is_plain = read_plain_line(catalogue_, parsed.root, slowly);
    PlainLine quickly;
    if (is_matched && written_.take(quickly)) {
      CHECK(is_plain);
      CHECK(text_of(quickly) == text_of(slowly));
      CHECK(text_of(written_.keys()) == text_of(key_paths(slowly.usage)));
      CHECK(written_.names() == kNames);
      return true;
    }
    if (!is_plain) return false;
    shapes_.learn(catalogue_, parsed.root, slowly);
    PlainLine known;
    if (shapes_.read(parsed.root, known)) written_.learn(padded, parsed.root, kNames, shapes_);
    return false;
  }

 private:
  static constexpr std::size_t kNames = 7;
  Catalogue catalogue_ = load_builtin_catalogue();
  JsonParser parser_;
  LineShapes shapes_{LineShapes::Of::lines};
  WrittenLines written_;
};

constexpr std::string_view kLine =
    R"({"ts":1767261600,"id":"req_1","user":"ann","ok":true,"note":null,"usage":{"prompt_tokens":10,"completion_tokens":2}})";

std::string with(std::string_view before, std::string_view after) {
  std::string line(kLine);
  const auto at = line.find(before);
  REQUIRE(at != std::string::npos);
  return line.replace(at, before.size(), after);
}

}  // namespace

TEST_CASE("a line that is written as one before it says what it says when it is parsed") {
  RandomLines random(9);
  Lines lines;
  std::size_t from_text = 0;
  for (int shape = 0; shape < 400; ++shape) {
    const RandomLines::Shape one = random.shape_of_line();
    for (int values = 0; values < 32; ++values)
      from_text += lines.is_read_from_text(random.line(one)) ? 1U : 0U;
  }
  CHECK(from_text > 100);
}

TEST_CASE("other values of the same kinds are read from the text") {
  Lines lines;
  REQUIRE_FALSE(lines.is_read_from_text(std::string(kLine)));
  for (const auto& line :
       {with("ann", ""), with("ann", "a name of more than sixteen letters"), with("true", "false"),
        with(":10,", ":0,"), with(":10,", ":123456789012345678,"), with("1767261600", "1.5"),
        with("1767261600", "-3"), with("req_1", "req_2 {},:[]")}) {
    CAPTURE(line);
    CHECK(lines.is_read_from_text(line));
  }
}

TEST_CASE("a line with anything else in it is left to the parser") {
  Lines lines;
  REQUIRE_FALSE(lines.is_read_from_text(std::string(kLine)));
  for (const auto& line : {with(R"("ann")", "null"),
                           with(R"("ann")", "5"),
                           with("ann", R"(an\"n)"),
                           with("ann", "\xC3\xA4"),
                           with("ann", "\xFF"),
                           with("ann", "a\tb"),
                           with("true", "tru"),
                           with("true", R"("true")"),
                           with(":10,", ":010,"),
                           with(":10,", ":-10,"),
                           with(":10,", ":1e3,"),
                           with(":10,", ":10.5,"),
                           with(":10,", ":1234567890123456789,"),
                           with(":10,", ":,"),
                           with(":10,", ":10x,"),
                           with("1767261600", "1."),
                           with("1767261600", "-"),
                           with("}}", "}"),
                           with("}}", "}} "),
                           with("}}", "}}}"),
                           with("}}", ""),
                           with("\"usage\"", " \"usage\""),
                           with("\"id\"", "\"ID\""),
                           with("null", "nul"),
                           with("null", "0")}) {
    CAPTURE(line);
    CHECK_FALSE(lines.is_read_from_text(line));
  }
  CHECK(lines.is_read_from_text(std::string(kLine)));
}

TEST_CASE("a line that was cut anywhere is left to the parser") {
  Lines lines;
  REQUIRE_FALSE(lines.is_read_from_text(std::string(kLine)));
  for (std::size_t size = 0; size < kLine.size(); ++size)
    CHECK_FALSE(lines.is_read_from_text(std::string(kLine.substr(0, size))));
}

}  // namespace usagectl
