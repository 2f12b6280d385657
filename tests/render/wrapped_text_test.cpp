#include "render/text/wrapped_text.hpp"

#include <doctest/doctest.h>

using namespace usagectl;
using Lines = std::vector<std::string>;

TEST_CASE("unlimited text is one line") {
  CHECK(wrapped_text("pass  212 checks", 0) == Lines{"pass  212 checks"});
  CHECK(wrapped_text("", 0) == Lines{""});
}

TEST_CASE("text is broken at spaces, which stay as they are inside a line") {
  CHECK(wrapped_text("pass  212 checks hold", 11) == Lines{"pass  212", "checks hold"});
  CHECK(wrapped_text("", 10) == Lines{""});
}

TEST_CASE("a long word stays whole") {
  CHECK(wrapped_text("at /after/o4-mini/output_tokens now", 10) ==
        Lines{"at", "/after/o4-mini/output_tokens", "now"});
}

TEST_CASE("width is counted in columns, not bytes") {
  CHECK(wrapped_text("мой файл", 8) == Lines{"мой файл"});
  CHECK(wrapped_text("通义 千问", 8) == Lines{"通义", "千问"});
}
