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

TEST_CASE("known lists what at least one record knew") {
  Tally tally = tally_of_equals(2, counts_of({{Counter::input, 1}, {Counter::requests, 1}}));
  tally.add(counts_of({{Counter::input, 1}}));
  CHECK(known_json(tally).dump() == R"({"input":3,"requests":2})");
}

TEST_CASE("a sum beyond 64 bits is null though it is known") {
  const Tally tally = tally_of_equals(2, counts_of({{Counter::output, kLargestCount}}));
  CHECK(tokens_json(tally)["output"].is_null());
  CHECK(known_json(tally)["output"] == 2);
}
