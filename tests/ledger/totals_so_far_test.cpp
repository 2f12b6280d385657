// Totals so far of many runs that take turns: the first line of each run is no step of it.
#include "ledger/calls/totals_so_far.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <utility>

#include "harness/made_capture.hpp"

namespace usagectl {
namespace {

/// What a run uses each time.
int used(int run) { return 100 + run % 7; }

Count sum(int runs, int turns) {
  Count sum = 0;
  for (int run = 0; run < runs; ++run) sum += static_cast<Count>(turns) * (used(run) + 10);
  return sum;
}

/// Each run reports its total so far `turns` times.
std::string lines(int runs, int turns, const std::string& name) {
  std::string text;
  for (int turn = 1; turn <= turns; ++turn) {
    for (int run = 0; run < runs; ++run) {
      text += "{\"run_id\": \"" + name + std::to_string(run) +
              "\", \"cumulative_input_tokens\": " + std::to_string(used(run) * turn) +
              ", \"cumulative_output_tokens\": " + std::to_string(10 * turn) + "}\n";
    }
  }
  return text;
}

std::string table(int runs, int turns, const std::string& name) {
  std::string text = "run_id,cumulative_input_tokens,cumulative_output_tokens\n";
  for (int turn = 1; turn <= turns; ++turn) {
    for (int run = 0; run < runs; ++run) {
      text += name + std::to_string(run) + "," + std::to_string(used(run) * turn) + "," +
              std::to_string(10 * turn) + "\n";
    }
  }
  return text;
}

TEST_CASE(
    "totals so far of runs that take turns are told by their growth, however many there are") {
  for (const int runs : {2, 63, 64, 65, 500}) {
    for (const auto& file : std::map<std::string, std::string>{{"a.jsonl", lines(runs, 4, "run-")},
                                                               {"b.jsonl", lines(runs, 4, "")},
                                                               {"a.csv", table(runs, 4, "run-")}}) {
      CAPTURE(runs);
      CAPTURE(file.first);
      CHECK(MadeCapture({file}).sum() == sum(runs, 4));
    }
  }
}

TEST_CASE("of more runs than can be held it is said that their totals so far may count twice") {
  constexpr int kRuns = 66'000;
  TotalsSoFar totals;
  std::size_t given = 0;
  const auto take = [&](int run, Count input) {
    UsageRecord record;
    record.role = Role::request;
    record.sums.is_so_far = true;
    record.scope.emplace_back("run", "r" + std::to_string(run));
    record.counts.set(Counter::input, input);
    given += totals.take(std::move(record), false).size();
  };
  for (int run = 0; run < kRuns; ++run) take(run, 100);
  CHECK(given == kRuns);
  CHECK_FALSE(totals.doubtful());
  take(7, 200);
  CHECK(totals.doubtful());
}

}  // namespace
}  // namespace usagectl
