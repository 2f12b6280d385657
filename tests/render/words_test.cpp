#include "render/text/words.hpp"

#include <doctest/doctest.h>

using namespace usagectl;

TEST_CASE("one thing is singular, everything else plural") {
  CHECK(quantity(1, "file") == "1 file");
  CHECK(quantity(0, "file") == "0 files");
  CHECK(quantity(3832, "byte") == "3,832 bytes");
}

TEST_CASE("names are enumerated as one says them") {
  CHECK(enumerated({}).empty());
  CHECK(enumerated({"input"}) == "input");
  CHECK(enumerated({"input", "output"}) == "input and output");
  CHECK(enumerated({"input", "output", "total"}) == "input, output and total");
}
