#include "render/text/visible_text.hpp"

#include <doctest/doctest.h>

#include <string>

#include "base/utf8.hpp"

using namespace usagectl;

TEST_CASE("ordinary text of any alphabet stays as it is") {
  CHECK(visible_text("модель 通义 🚀 C:\\logs\\a.json") == "модель 通义 🚀 C:\\logs\\a.json");
}

TEST_CASE("controls become visible") {
  CHECK(visible_text("a\nb\r\tc") == "a\\nb\\r\\tc");
  CHECK(visible_text("\x1b]0;title\x07") == "\\x1b]0;title\\x07");
  CHECK(visible_text("\x7f") == "\\x7f");
  CHECK(visible_text("\u009b2J") == "\\u009b2J");
  CHECK(visible_text(std::string_view("\0", 1)) == "\\x00");
}

TEST_CASE("what changes the direction of the text or its lines becomes visible") {
  CHECK(visible_text("a\u202eb") == "a\\u202eb");
  CHECK(visible_text("\u2066x\u2069") == "\\u2066x\\u2069");
  CHECK(visible_text("a\u2028b\u200bc\ufeff") == "a\\u2028b\\u200bc\\ufeff");
}

TEST_CASE("bytes that are not UTF-8 become visible") {
  CHECK(visible_text("a\xff\xc0\xaf") == "a\\xff\\xc0\\xaf");
  CHECK(visible_text("\xed\xa0\x80") == "\\xed\\xa0\\x80");
}

TEST_CASE("whatever two bytes come in, one harmless line comes out") {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const std::string text = {static_cast<char>(first), static_cast<char>(second)};
      const std::string visible = visible_text(text);
      REQUIRE_FALSE(find_invalid_utf8(visible));
      for (const char c : visible) {
        REQUIRE((static_cast<unsigned char>(c) >= 0x20 && c != 0x7F));
      }
    }
  }
}

TEST_CASE("white space before a command of a runner does not hide it") {
  CHECK(visible_text("  ::error::x") == "  \\x3a:error::x");
  CHECK(visible_text("\u00a0\u3000::error::x") == "\u00a0\u3000\\x3a:error::x");
  CHECK(visible_text("\n ::error::x") == "\\n \\x3a:error::x");
  CHECK(visible_text("  a ::b") == "  a ::b");
}

TEST_CASE("what a runner of a CI would obey is shown, and not obeyed") {
  CHECK(visible_text("##[set-output name=a]b.jsonl") == "\\x23#[set-output name=a]b.jsonl");
  CHECK(visible_text("a ##vso[task.setvariable]") == "a \\x23#vso[task.setvariable]");
  CHECK(visible_text("::error::x") == "\\x3a:error::x");
  CHECK(visible_text("##VSO[task.setvariable]") == "\\x23#VSO[task.setvariable]");
  CHECK(visible_text("##teamcity[buildStatus]") == "\\x23#teamcity[buildStatus]");
  CHECK(visible_text("a::b ## c #[d]") == "a::b ## c #[d]");
}
