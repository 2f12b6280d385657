#include "input/json/spelled_words.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

using namespace usagectl;

namespace {

bool may_hold_usage(const std::string& json) {
  static constexpr std::array<std::string_view, 2> kWords = {"usage", "token_count"};
  const bool may = SpelledWords(kWords).may_stand_in(json);
  // The same on a processor that looks at fewer bytes at once, and of more words.
  CHECK(SpelledWords(kWords, false).may_stand_in(json) == may);
  static constexpr std::array<std::string_view, 4> kMore = {"usage", "token_count", "zyx", "qqq"};
  CHECK(SpelledWords(kMore).may_stand_in(json) == may);
  CHECK(SpelledWords(kMore, false).may_stand_in(json) == may);
  return may;
}

}  // namespace

TEST_CASE("a word is found wherever it stands in a long text") {
  for (std::size_t before = 0; before < 70; ++before) {
    std::string text(before, 'u');
    text += "usage\"";
    CHECK(may_hold_usage(text));
    text.append(before, ' ');
    CHECK(may_hold_usage(text));
  }
}

TEST_CASE("a word is found in any name that holds it") {
  CHECK(may_hold_usage(R"({"usage":{}})"));
  CHECK(may_hold_usage(R"({"my_usage_2" : {}})"));
  CHECK(may_hold_usage(R"({"gen_ai.usage.input":1})"));
  CHECK(may_hold_usage(R"({"type":"token_count"})"));
}

TEST_CASE("a word in running text is not in a name") {
  CHECK_FALSE(may_hold_usage(R"({"text":"the usage of it, and \"usage\" again"})"));
  CHECK_FALSE(may_hold_usage(R"({"text":"{\"usage\":{\"token_count\":1}}"})"));
}

TEST_CASE("a word that is written with an escape may be there") {
  CHECK(may_hold_usage(R"({"\u0075sage" : {}})"));
  CHECK(may_hold_usage(R"({"token\u005fcount" : {}})"));
  CHECK(may_hold_usage(R"({"u\u0073\u0061ge" : {}})"));
  CHECK(may_hold_usage(R"({"usag\u0065" : {}})"));
}

TEST_CASE("a text without the words, and without letters written as escapes, does not hold them") {
  CHECK_FALSE(may_hold_usage(""));
  CHECK_FALSE(
      may_hold_usage(R"({"type":"user","text":"usag token_coun \u001b[0m \u00e9 \n \\ used"})"));
}

TEST_CASE("a text that ends inside a word, a name or an escape does not hold it") {
  CHECK_FALSE(may_hold_usage("usag"));
  CHECK_FALSE(may_hold_usage("usage"));
  CHECK_FALSE(may_hold_usage("\\u00"));
}
