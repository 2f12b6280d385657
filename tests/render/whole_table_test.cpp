#include <doctest/doctest.h>

#include "render/text/table.hpp"

using namespace usagectl;

namespace {

Sheet dialects() {
  Sheet sheet;
  sheet.columns = {{"id", "id"}, {"reasoning", "reasoning in output"}, {"total", "total is"}};
  sheet.rows = {{Cell("a-provider.chat"), Cell("included"), Cell("input+output")},
                {Cell("b"), Cell(), Cell("input+output")}};
  return sheet;
}

}  // namespace

TEST_CASE("a table that fits is a table") {
  CHECK(whole_text_table(dialects(), {false, 60}) == text_table(dialects(), {false, 60}));
  CHECK(whole_text_table(dialects(), {}) == text_table(dialects(), {}));
}

TEST_CASE("a table that does not fit keeps every column and whole names, in blocks") {
  CHECK(whole_text_table(dialects(), {false, 40}) ==
        "a-provider.chat\n"
        "  reasoning in output  included\n"
        "  total is             input+output\n"
        "\n"
        "b\n"
        "  total is             input+output\n");
}
