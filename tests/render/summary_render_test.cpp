#include "render/summary_render.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "reports.hpp"

using namespace usagectl;

TEST_CASE("a summary as a table: groups, total, what is lacking, what was read") {
  CHECK(
      render(two_models(), OutputFormat::table, {}) ==
      "model    requests  input  output  reasoning   total\n"
      "───────  ────────  ─────  ──────  ─────────  ──────\n"
      "o4-mini        12  4,944  17,844     13,200  22,788\n"
      "gpt-4.1        18    180     360          -     540\n"
      "───────  ────────  ─────  ──────  ─────────  ──────\n"
      "total          30  5,124  18,204     13,200  23,328\n"
      "reasoning is known for 12 of 30 records\n"
      "\n"
      "1 file, 3,832 bytes: 31 objects = 30 counted + 1 ignored (aggregate beside its details)\n");
}

TEST_CASE("further views of the same usage stand in tables of their own") {
  auto report = two_models();
  report.others.push_back(
      {{"tick", "phase"},
       {{{"1", "intention"}, tally_of_equals(1, counts_of({{Counter::total, 66598}}))}}});
  const std::string text = render(report, OutputFormat::table, {});
  CHECK(text.find("\nby tick, phase\n"
                  "tick  phase      records   total\n"
                  "────  ─────────  ───────  ──────\n"
                  "1     intention        1  66,598\n"
                  "\n") != std::string::npos);
}

TEST_CASE("an empty summary is one sentence") {
  SummaryReport report;
  report.intake.files = 1;
  report.intake.bytes = 27;
  report.intake.ignored["every call failed"] = 1;
  CHECK(render(report, OutputFormat::table, {}) ==
        "no usage records: 1 file, 27 bytes, 1 object = 1 ignored (every call failed)\n");
  CHECK(render(report, OutputFormat::markdown, {}) ==
        "no usage records: 1 file, 27 bytes, 1 object = 1 ignored (every call failed)\n");
  CHECK(nlohmann::json::parse(render(report, OutputFormat::json, {}))["groups"].empty());
}

TEST_CASE("CSV has one row per group and the same columns whatever is known") {
  const std::string csv = render(two_models(), OutputFormat::csv, {});
  CHECK(csv ==
        "model,records,requests,completions,input,cache_read,cache_write,tool_prompt,output,"
        "reasoning,total,unexplained,chain_length,known_requests,known_completions,known_input,"
        "known_cache_read,known_cache_write,known_tool_prompt,known_output,known_reasoning,"
        "known_total,known_unexplained,known_chain_length\n"
        "o4-mini,12,12,,4944,,,,17844,13200,22788,,,12,0,12,0,0,0,12,12,12,0,0\n"
        "gpt-4.1,18,18,,180,,,,360,,540,,,18,0,18,0,0,0,18,0,18,0,0\n");
}

TEST_CASE("Markdown has headings for the further views") {
  auto report = two_models();
  report.others.push_back({{"tick"}, {{{"1"}, Tally()}}});
  const std::string text = render(report, OutputFormat::markdown, {});
  CHECK(text.starts_with("| model | requests |"));
  CHECK(text.find("\n\n### by tick\n\n| tick |") != std::string::npos);
  CHECK(text.find("\nreasoning is known for 12 of 30 records.\n") != std::string::npos);
  CHECK(
      text.ends_with("\n\n1 file, 3,832 bytes: 31 objects = 30 counted + 1 ignored "
                     "(aggregate beside its details)\n"));
}
