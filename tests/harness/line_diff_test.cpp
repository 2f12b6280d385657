#include "harness/line_diff.hpp"

#include <doctest/doctest.h>

using usagectl::line_diff;

TEST_CASE("equal texts have no difference") { CHECK(line_diff("a\nb\n", "a\nb\n").empty()); }

TEST_CASE("a changed line is shown with its neighbours") {
  CHECK(line_diff("1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\nfive\n6\n") ==
        "@@\n 2\n 3\n 4\n-5\n+five\n 6\n");
}

TEST_CASE("a missing last line end is a difference") {
  CHECK(line_diff("a\n", "a") == "@@\n- (the line end at the end)\n");
}

TEST_CASE("control characters are shown, not sent to the terminal") {
  CHECK(line_diff("", "\x1b[31m\n") == "+\\x1b[31m\n");
}
