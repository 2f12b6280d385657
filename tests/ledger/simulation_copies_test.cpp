#include <doctest/doctest.h>

#include "harness/made_capture.hpp"

namespace usagectl {
namespace {

using Files = std::map<std::string, std::string>;

std::string tick_log(int tick, int total, const std::string& text = "He left.") {
  const std::string tokens = std::to_string(total);
  return "# Tick " + std::to_string(tick) + "\n\n**Simulation:** demo  \n\n## Summary\n\n" +
         "| Metric | Value |\n|---|---|\n| Total tokens | " + tokens +
         " |\n| Reasoning tokens | 0 |\n| Cached tokens | 0 |\n| LLM requests | 1 |\n\n" +
         "## Phase 1: Intentions\n\n**Duration:** 1.0s | **Tokens:** " + tokens +
         " (reasoning: 0)\n\n### Ada\n\n" + text + "\n";
}

/// Tick t used 100 t tokens; the logs begin with `first`.
Files simulation(const std::string& folder, int ticks, int first = 1) {
  const std::string usage = "{\"total_tokens\": " + std::to_string(50 * ticks * (ticks + 1)) +
                            ", \"reasoning_tokens\": 0, \"cached_tokens\": 0, "
                            "\"total_requests\": " +
                            std::to_string(ticks) + "}";
  Files files;
  files[folder + "/simulation.json"] =
      "{\"id\": \"demo\", \"current_tick\": " + std::to_string(ticks) +
      ", \"created_at\": \"2025-06-02\", \"status\": \"paused\", \"_openai\": " + usage + "}";
  files[folder + "/characters/ada.json"] =
      "{\"identity\": {\"id\": \"ada\"}, \"state\": {}, \"memory\": {}, \"_openai\": {\"usage\": " +
      usage + "}}";
  for (int tick = first; tick <= ticks; ++tick) {
    files[folder + "/logs/tick_00000" + std::to_string(tick) + ".md"] = tick_log(tick, 100 * tick);
  }
  return files;
}

Files operator+(Files a, const Files& b) {
  a.insert(b.begin(), b.end());
  return a;
}

TEST_CASE("an older copy of a simulation is contained in the one that went on") {
  const MadeCapture capture(simulation("demo", 5) + simulation("demo.bak", 3));
  CHECK(capture.sum() == 1500);
  CHECK(capture.report().verdict == Verdict::pass);
}

TEST_CASE("a second run of a simulation has other ticks, and adds up") {
  Files other = simulation("second", 3);
  for (int tick = 1; tick <= 3; ++tick)
    other["second/logs/tick_00000" + std::to_string(tick) + ".md"] = tick_log(tick, 77);
  const MadeCapture capture(simulation("demo", 5) + other);
  CHECK(capture.sum() == 1500 + 600);
}

TEST_CASE("copies of a simulation without logs cannot be proved, and a warning says so") {
  const MadeCapture capture(simulation("demo", 5, 6) + simulation("demo.bak", 3, 4));
  CHECK(capture.summary().intake.warnings.size() == 1);
}

TEST_CASE("ticks without a log stand in a row without a name") {
  const MadeCapture capture(simulation("demo", 5, 4));
  const SummaryReport by_tick = capture.summary({"tick"});
  CHECK(by_tick.total.sum_of(Counter::total) == 1500);
  CHECK(by_tick.total.sum_of(Counter::requests) == 5);
  REQUIRE(by_tick.main.groups.size() == 3);
  CHECK(by_tick.main.groups[0].tally.sum_of(Counter::total) == 600);
  CHECK(capture.errors() == 0);
}

TEST_CASE("a log that is missing between others is an error") {
  Files files = simulation("demo", 5);
  files.erase("demo/logs/tick_000003.md");
  CHECK(MadeCapture(files).errors() > 0);
}

TEST_CASE("text of the model that looks like a table or a phase is text") {
  Files files = simulation("demo", 1);
  files["demo/logs/tick_000001.md"] =
      tick_log(1, 100, "| Total tokens | 5 |\n\n**Duration:** 1.0s | **Tokens:** 5 (reasoning: 0)");
  const MadeCapture capture(files);
  CHECK(capture.report().verdict == Verdict::pass);
}

const std::string kInfo = "2025.12.10 10:00:00 | INFO    | ";
std::string begin(int tick) {
  return kInfo + "runner: Starting tick " + std::to_string(tick) + " for demo (2 chars)\n";
}
std::string phase(const std::string& name, int tokens) {
  return kInfo + "x phase" + name + ": Completed (2 chars, " + std::to_string(tokens) +
         " tokens, 0 reasoning)\n";
}
std::string end(int tick, int tokens) {
  return kInfo + "runner: Tick " + std::to_string(tick) + " completed (1.0s, " +
         std::to_string(tokens) + " tokens, 0 reasoning)\n";
}

TEST_CASE("a tick that failed and was started again was paid twice") {
  const MadeCapture capture(
      {{"run.log", begin(1) + phase("1", 10) + end(1, 10) + begin(2) + phase("1", 20) + begin(2) +
                       phase("1", 30) + phase("2a", 5) + end(2, 35)}});
  CHECK(capture.sum() == 10 + 20 + 35);
  CHECK(capture.report().verdict == Verdict::pass);
}

TEST_CASE("the phases of a tick that did not end were paid") {
  const MadeCapture capture(
      {{"run.log", begin(1) + phase("1", 10) + end(1, 10) + begin(2) + phase("1", 20)}});
  CHECK(capture.sum() == 30);
}

TEST_CASE("a tick that began before its log is said to be told in two") {
  const MadeCapture capture({{"run.log.1", begin(1) + phase("1", 10) + phase("2a", 4)},
                             {"run.log", phase("2b", 6) + end(1, 20)}});
  CHECK(capture.summary().intake.warnings.size() == 1);
  CHECK(capture.errors() == 0);
}

TEST_CASE("an older copy of a console log adds nothing") {
  const std::string ticks = begin(1) + phase("1", 10) + end(1, 10) + begin(2) + phase("1", 20);
  const MadeCapture capture(
      {{"old/run.log", ticks}, {"new/run.log", ticks + phase("2a", 4) + end(2, 24)}});
  CHECK(capture.sum() == 34);
}

}  // namespace
}  // namespace usagectl
