#include "render/parts/intake_json.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

using namespace usagectl;

TEST_CASE("inputs have their keys in order and count every bucket") {
  Intake intake;
  intake.files = 2;
  intake.bytes = 10;
  intake.lines = 3;
  intake.counted = 4;
  intake.duplicate = 1;
  intake.rejected = 1;
  intake.ignored = {{"b", 2}, {"a", 1}};
  intake.warnings = {"same bytes"};
  CHECK(intake_json(intake).dump() ==
        R"({"files":2,"bytes":10,"lines":3,"objects":9,"counted":4,"duplicate":1,"ignored":3,)"
        R"("rejected":1,"problems":[],"ignored_by":{"a":1,"b":2},"warnings":["same bytes"]})");
}

TEST_CASE("a problem always has four keys, and more where more is known") {
  Intake intake;
  Problem problem;
  problem.file = "f\xff";
  problem.problem = "is empty";
  intake.problems.push_back(problem);
  problem.line = 1;
  problem.column = 2;
  problem.offset = 3;
  problem.pointer = "/x";
  intake.problems.push_back(problem);
  CHECK(intake_json(intake)["problems"].dump() ==
        "[{\"file\":\"f\uFFFD\",\"line\":null,\"offset\":null,\"problem\":\"is empty\"},"
        "{\"file\":\"f\uFFFD\",\"line\":1,\"offset\":3,\"problem\":\"is empty\",\"column\":2,"
        "\"pointer\":\"/x\"}]");
}
