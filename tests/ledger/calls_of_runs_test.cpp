#include "ledger/calls/calls_of_runs.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace usagectl {
namespace {

constexpr std::uint64_t kMostRuns = 4096;

UsageRecord call_of(Count input) {
  UsageRecord call;
  call.counts.set(Counter::input, input);
  return call;
}

/// So many runs, one after the other; run i begins in line i.
CallsOfRuns runs_one_after_the_other(std::uint64_t number) {
  CallsOfRuns runs;
  for (std::uint64_t i = 1; i <= number; ++i) {
    Place place;
    place.line = i;
    runs.begin(fmt::format("run-{}", i), place);
    runs.current().add(call_of(static_cast<Count>(i)));
  }
  return runs;
}

}  // namespace

TEST_CASE("the calls of a run are known behind those of others") {
  CallsOfRuns runs = runs_one_after_the_other(3);
  const SummedCalls* const second = runs.of("run-2");
  REQUIRE(second != nullptr);
  CHECK(second->tally.sum_of(Counter::input) == 2);
  CHECK(runs.of("run-4") == nullptr);
}

TEST_CASE("a run that is not kept is told where sums of runs stand behind others") {
  CallsOfRuns runs = runs_one_after_the_other(kMostRuns + 10);
  CHECK(runs.of("run-1") != nullptr);
  CHECK(runs.of(fmt::format("run-{}", kMostRuns + 5)) == nullptr);
  CHECK_FALSE(runs.first_with_unknown_sum());
  runs.note_sum_behind();
  runs.note_sum_behind();
  REQUIRE(runs.first_with_unknown_sum());
  CHECK(runs.first_with_unknown_sum()->line > kMostRuns);
}

TEST_CASE("runs that are all kept leave no doubt about their sums") {
  CallsOfRuns runs = runs_one_after_the_other(kMostRuns);
  runs.note_sum_behind();
  runs.note_sum_behind();
  CHECK_FALSE(runs.first_with_unknown_sum());
}

}  // namespace usagectl
