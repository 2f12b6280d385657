#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

#include "formats/reading_of.hpp"

using namespace usagectl;

namespace {

/// A job with one model and these details; the aggregate says what it is told.
std::string job(const std::string& aggregate, const std::string& details) {
  return fmt::format(R"({{"before":{{}},"after":{{"m":{{{},"per_request_details":[{}]}}}}}})",
                     aggregate, details);
}

constexpr const char* kSound =
    R"({"request_num":1,"input_tokens":10,"output_tokens":5,"reasoning_tokens":2,"total_tokens":15,"num_completions":1})";

}  // namespace

TEST_CASE("every detail of a job is a request, and the aggregate claims their sums") {
  const FormatReading reading = read_as_file(
      job(R"("input_tokens":10,"output_tokens":5,"reasoning_tokens":2,"requests":1,"completions":1)",
          kSound),
      "t.json");
  CHECK(reading.findings.empty());
  REQUIRE(reading.records.size() == 2);
  CHECK(reading.records[0].role == Role::request);
  CHECK(reading.records[0].place.pointer == "/after/m/per_request_details/0");
  CHECK(reading.records[1].role == Role::aggregate);
  REQUIRE(reading.sum_claims.size() == 1);
  CHECK(reading.sum_claims[0].numbers.size() == 5);
}

TEST_CASE("reasoning outside output is added to it and named, where the excess is the reasoning") {
  const FormatReading reading = read_as_file(
      job(R"("input_tokens":10,"output_tokens":35,"reasoning_tokens":30,"requests":1,"completions":1)",
          R"({"request_num":1,"input_tokens":10,"output_tokens":5,"reasoning_tokens":30,"total_tokens":45,"num_completions":1})"),
      "t.json");
  CHECK(reading.errors() == 0);
  CHECK(tokens(reading.records[0], Counter::output) == 35);
  CHECK(reading.only(Rule::identity).cause == "inferred-reasoning");
}

TEST_CASE("a total beyond its parts that is not the reasoning is refuted") {
  const FormatReading reading = read_as_file(
      job(R"("input_tokens":10,"output_tokens":5,"requests":1,"completions":1)",
          R"({"request_num":1,"input_tokens":10,"output_tokens":4,"reasoning_tokens":0,"total_tokens":15,"num_completions":1})"),
      "t.json");
  const Finding& finding = reading.only(Rule::identity);
  CHECK(finding.severity == Severity::error);
  CHECK(finding.place.pointer == "/after/m/per_request_details/0/total_tokens");
  CHECK(finding.asserted == 15);
  CHECK(finding.calculated == 14);
}

TEST_CASE("a gap in the numbering names the missing number") {
  std::string third = kSound;
  third.replace(third.find(":1"), 2, ":3");
  const FormatReading reading =
      read_as_file(job(R"("input_tokens":20,"output_tokens":10,"requests":2,"completions":2)",
                       fmt::format("{},{}", kSound, third)),
                   "t.json");
  CHECK(reading.only(Rule::sequence).explanation == "request_num 2 is missing");
}

TEST_CASE("a run in which every call failed is read, and said to be without usage") {
  const FormatReading reading = read_as_file(R"({"before":{},"after":{}})", "t.json");
  CHECK(reading.records.empty());
  CHECK(reading.problems.empty());
  CHECK(reading.only(Rule::coverage).severity == Severity::note);
}

TEST_CASE("a total that fell during a job is a reset, and the job's own usage is not known") {
  const FormatReading reading = read_as_file(
      R"({"before":{"m":{"input_tokens":9,"output_tokens":9,"requests":3,"completions":3}},)"
      R"("after":{"m":{"input_tokens":10,"output_tokens":4,"requests":4,"completions":4}}})",
      "t.json");
  const Finding& finding = reading.only(Rule::continuity);
  CHECK(finding.cause == "counter-reset");
  CHECK(finding.place.pointer == "/after/m/output_tokens");
  CHECK_FALSE(reading.records.back().counts.has(Counter::output));
  CHECK(tokens(reading.records.back(), Counter::input) == 1);
}
