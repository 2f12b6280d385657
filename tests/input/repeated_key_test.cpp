#include <doctest/doctest.h>
#include <fmt/format.h>

#include "input/json/json_parser.hpp"

using namespace usagectl;

namespace {

std::string repeated_in(std::size_t keys, std::string_view more) {
  std::string text = "{";
  for (std::size_t i = 0; i < keys; ++i) text += fmt::format("\"k{}\":1,", i);
  JsonParser parser;
  const ParsedJson parsed = parser.parse_copy(text + std::string(more) + "}");
  return std::string(repeated_key(parsed.root).value_or("none"));
}

}  // namespace

TEST_CASE("the first key that is repeated is found among few and among many") {
  for (const std::size_t keys : {3U, 16U, 17U, 500U}) {
    CAPTURE(keys);
    CHECK(repeated_in(keys, R"("a":1)") == "none");
    CHECK(repeated_in(keys, R"("a":1,"a":2)") == "a");
    CHECK(repeated_in(keys, R"("k2":1,"k0":2)") == "k2");
    CHECK(repeated_in(keys, fmt::format(R"("a":1,"k{}":2)", keys - 1)) ==
          fmt::format("k{}", keys - 1));
  }
}
