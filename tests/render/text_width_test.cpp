#include "render/text/text_width.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace usagectl;

TEST_CASE("a letter takes one column whatever its alphabet") {
  CHECK(text_width("") == 0);
  CHECK(text_width("o4-mini") == 7);
  CHECK(text_width("модель") == 6);
}

TEST_CASE("East Asian characters and emoji take two columns") {
  CHECK(text_width("通义千问") == 8);
  CHECK(text_width("ｆｕｌｌ") == 8);
  CHECK(text_width("🚀") == 2);
  CHECK(text_width("한글") == 4);
}

TEST_CASE("marks and joiners take no column") {
  CHECK(text_width("e\u0301") == 1);
  CHECK(text_width("a\u200D") == 1);
  CHECK(text_width("\u2602\uFE0F") == 1);
}

TEST_CASE("a byte that is not UTF-8 counts as one character") { CHECK(text_width("a\xff z") == 4); }

TEST_CASE("what fits is not cut") {
  CHECK(cut_at_end("model", 5) == "model");
  CHECK(cut_in_middle("model", 5) == "model");
}

TEST_CASE("the end or the middle gives way to an ellipsis") {
  CHECK(cut_at_end("o4-mini-2025", 6) == "o4-mi…");
  CHECK(cut_in_middle("o4-mini-2025", 7) == "o4-…025");
  CHECK(cut_in_middle("abcdef", 1) == "…");
  CHECK(cut_in_middle("abcdef", 2) == "a…");
  CHECK(cut_at_end("abcdef", 0).empty());
}

TEST_CASE("a wide character is left out whole") {
  CHECK(cut_at_end("通义千问", 4) == "通…");
  CHECK(cut_in_middle("通义千问", 6) == "通…问");
}

TEST_CASE("a character keeps its marks and its joined neighbours") {
  CHECK(cut_at_end("e\u0301e\u0301e\u0301", 2) == "e\u0301…");
  CHECK(cut_in_middle("abcde\u0301", 3) == "a…e\u0301");
  const std::string family = "\U0001F469\u200D\U0001F467";
  CHECK(cut_at_end(family + "abc", 5) == family + "…");
  CHECK(cut_at_end(family + "abc", 4) == "…");
}

TEST_CASE("no cut is wider than asked for") {
  const std::string text = "модель-通义千问-🚀-e\u0301\u0301-preview\xff";
  for (std::size_t width = 0; width < 40; ++width) {
    CAPTURE(width);
    CHECK(text_width(cut_at_end(text, width)) <= width);
    CHECK(text_width(cut_in_middle(text, width)) <= width);
  }
}

TEST_CASE("a pointer that is too long loses its beginning") {
  CHECK(cut_in_front("o4-mini-2025-04-16/input_tokens", 17) == "…-16/input_tokens");
  CHECK(cut_in_front("input", 5) == "input");
  CHECK(cut_in_front("input", 0).empty());
}
