#include "render/parts/counts_json.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "reports.hpp"

using namespace usagectl;

TEST_CASE("tokens have all eight keys, null where not known") {
  CHECK(tokens_json(counts_of({{Counter::input, 0}, {Counter::total, kLargestCount}})).dump() ==
        R"({"input":0,"cache_read":null,"cache_write":null,"tool_prompt":null,"output":null,)"
        R"("reasoning":null,"total":9223372036854775807,"unexplained":null})");
}
