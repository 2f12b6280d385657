// Rows that count for each who takes part, in columns side by side.
#include <doctest/doctest.h>

#include <string>

#include "harness/made_capture.hpp"

namespace usagectl {
namespace {

const std::string kNames =
    "round,attacker_prompt_tokens,attacker_completion_tokens,target_prompt_tokens,"
    "target_completion_tokens";

TEST_CASE("columns of two who take part are two calls of a row") {
  const MadeCapture table({{"a.csv", kNames + "\n1,210,40,330,90\n2,260,44,350,88\n"}});
  CHECK(table.sum(Counter::input) == 1150);
  CHECK(table.sum(Counter::output) == 262);
  CHECK(table.summary().total.records == 4);
  const MadeCapture lines(
      {{"a.jsonl",
        R"({"judge_input_tokens": 5, "judge_output_tokens": 2, "input_tokens_solver": 40,)"
        R"( "output_tokens_solver": 9})"
        "\n"}});
  CHECK(lines.sum(Counter::input) == 45);
  CHECK(lines.sum(Counter::output) == 11);
}

TEST_CASE("a sum beside the columns of those who take part must be theirs") {
  const std::string names = kNames + ",total_tokens";
  CHECK(MadeCapture({{"a.csv", names + "\n1,210,40,330,90,670\n"}}).sum() == 670);
  CHECK(MadeCapture({{"a.csv", names + "\n1,210,40,330,90,999\n"}})
            .summary()
            .total.sum_of(Counter::input)
            .value_or(0) == 0);
}

TEST_CASE("a total row of those who take part is not counted") {
  const MadeCapture table(
      {{"a.csv",
        "task,judge_input_tokens,judge_output_tokens,solver_input_tokens,"
        "solver_output_tokens\na,210,40,330,90\nb,260,44,350,88\nTotal,470,84,680,178\n"}});
  CHECK(table.sum(Counter::input) == 1150);
  CHECK(table.sum(Counter::output) == 262);
}

TEST_CASE("one who takes part alone leaves open who else did") {
  const MadeCapture table({{"a.csv", "judge_input_tokens,judge_output_tokens\n5,2\n"}});
  CHECK(table.summary().total.records == 0);
}

}  // namespace
}  // namespace usagectl
