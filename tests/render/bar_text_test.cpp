#include "render/text/bar_text.hpp"

#include <doctest/doctest.h>

using namespace usagectl;

TEST_CASE("a bar of the whole is as wide as asked for") {
  CHECK(bar_text(8, 8, 3) == "███");
  CHECK(bar_text(9, 8, 3) == "███");
}

TEST_CASE("a bar grows by eighths of a column") {
  CHECK(bar_text(1, 2, 1) == "▌");
  CHECK(bar_text(3, 8, 1) == "▍");
  CHECK(bar_text(9, 16, 2) == "█▏");
}

TEST_CASE("what is not nothing has a bar, and nothing has none") {
  CHECK(bar_text(1, 1'000'000, 10) == "▏");
  CHECK(bar_text(0, 10, 10).empty());
  CHECK(bar_text(5, 0, 10).empty());
  CHECK(bar_text(-5, 10, 10).empty());
}
