#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

#include "formats/recording_sink.hpp"

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
  const RecordingSink sink = read_as_file(
      job(R"("input_tokens":10,"output_tokens":5,"reasoning_tokens":2,"requests":1,"completions":1)",
          kSound),
      "t.json");
  CHECK(sink.findings.empty());
  REQUIRE(sink.records.size() == 2);
  CHECK(sink.records[0].role == Role::request);
  CHECK(sink.records[0].place.pointer == "/after/m/per_request_details/0");
  CHECK(sink.records[1].role == Role::aggregate);
  REQUIRE(sink.sum_claims.size() == 1);
  CHECK(sink.sum_claims[0].numbers.size() == 5);
}

TEST_CASE("reasoning outside output is added to it and named, where the excess is the reasoning") {
  const RecordingSink sink = read_as_file(
      job(R"("input_tokens":10,"output_tokens":35,"reasoning_tokens":30,"requests":1,"completions":1)",
          R"({"request_num":1,"input_tokens":10,"output_tokens":5,"reasoning_tokens":30,"total_tokens":45,"num_completions":1})"),
      "t.json");
  CHECK(sink.errors() == 0);
  CHECK(tokens(sink.records[0], Counter::output) == 35);
  CHECK(sink.only(Rule::identity).cause == "inferred-reasoning");
}

TEST_CASE("a total beyond its parts that is not the reasoning is refuted") {
  const RecordingSink sink = read_as_file(
      job(R"("input_tokens":10,"output_tokens":5,"requests":1,"completions":1)",
          R"({"request_num":1,"input_tokens":10,"output_tokens":4,"reasoning_tokens":0,"total_tokens":15,"num_completions":1})"),
      "t.json");
  const Finding& finding = sink.only(Rule::identity);
  CHECK(finding.severity == Severity::error);
  CHECK(finding.place.pointer == "/after/m/per_request_details/0/total_tokens");
  CHECK(finding.asserted == 15);
  CHECK(finding.calculated == 14);
}

TEST_CASE("a gap in the numbering names the missing number") {
  std::string third = kSound;
  third.replace(third.find(":1"), 2, ":3");
  const RecordingSink sink =
      read_as_file(job(R"("input_tokens":20,"output_tokens":10,"requests":2,"completions":2)",
                       fmt::format("{},{}", kSound, third)),
                   "t.json");
  CHECK(sink.only(Rule::sequence).explanation == "request_num 2 is missing");
}

TEST_CASE("a run in which every call failed is read, and said to be without usage") {
  const RecordingSink sink = read_as_file(R"({"before":{},"after":{}})", "t.json");
  CHECK(sink.records.empty());
  CHECK(sink.problems.empty());
  CHECK(sink.only(Rule::coverage).severity == Severity::note);
}

TEST_CASE("a total that fell during a job is a reset, and the job's own usage is not known") {
  const RecordingSink sink = read_as_file(
      R"({"before":{"m":{"input_tokens":9,"output_tokens":9,"requests":3,"completions":3}},)"
      R"("after":{"m":{"input_tokens":10,"output_tokens":4,"requests":4,"completions":4}}})",
      "t.json");
  const Finding& finding = sink.only(Rule::continuity);
  CHECK(finding.cause == "counter-reset");
  CHECK(finding.place.pointer == "/after/m/output_tokens");
  CHECK_FALSE(sink.records.back().counts.has(Counter::output));
  CHECK(tokens(sink.records.back(), Counter::input) == 1);
}
