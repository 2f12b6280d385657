#include "base/code_point.hpp"

#include <doctest/doctest.h>

using namespace usagectl;

TEST_CASE("characters of every length are decoded") {
  CHECK(code_point_at("a", 0).value == U'a');
  CHECK(code_point_at("xé", 1).value == U'é');
  CHECK(code_point_at("通", 0).value == U'通');
  CHECK(code_point_at("🚀", 0).value == U'🚀');
  CHECK(code_point_at("🚀", 0).length == 4);
}

TEST_CASE("a byte that is not UTF-8 stands alone") {
  const CodePoint character = code_point_at("🚀", 1);
  CHECK_FALSE(character.valid);
  CHECK(character.length == 1);
  CHECK(character.value == 0xFFFD);
}
