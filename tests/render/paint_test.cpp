#include "render/text/paint.hpp"

#include <doctest/doctest.h>

using namespace usagectl;

TEST_CASE("without color, text is as it is") {
  CHECK(painted("fail", Ink::bad, {false, 0}) == "fail");
}

TEST_CASE("with color, every ink ends where its text ends") {
  CHECK(painted("pass", Ink::good, {true, 0}) == "\x1b[32mpass\x1b[0m");
  CHECK(painted("as it is", Ink::plain, {true, 0}) == "as it is");
  CHECK(painted("", Ink::bad, {true, 0}).empty());
}
