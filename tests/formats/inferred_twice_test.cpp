#include <string>

#include "formats/counted_of.hpp"

namespace usagectl {
namespace {

FormatReading read(std::string text) { return read_as_file(std::move(text), "run.json"); }

Count input(const FormatReading& reading) { return sum(reading, Counter::input); }

}  // namespace

TEST_CASE("equal numbers side by side in one object are one call, told twice") {
  CHECK(
      input(read(
          R"({"role":"assistant","meta":{"token_usage":{"prompt_tokens":10,"completion_tokens":5}},)"
          R"("usage_metadata":{"input_tokens":10,"output_tokens":5,"total_tokens":15}})")) == 10);
}

TEST_CASE("members of one map may be equal: they are calls of their own") {
  CHECK(input(read(R"({"agents":{"planner":{"input_tokens":10,"output_tokens":5},)"
                   R"("writer":{"input_tokens":10,"output_tokens":5}}})")) == 20);
}

TEST_CASE("two lists whose sums are alike tell one usage") {
  CHECK(input(read(
            R"({"events":[{"kind":"llm","usage":{"prompt_tokens":310,"completion_tokens":95}},)"
            R"({"kind":"llm","usage":{"prompt_tokens":455,"completion_tokens":101}}],)"
            R"("spans":[{"kind":"model","usage":{"input_tokens":455,"output_tokens":101}},)"
            R"({"kind":"model","usage":{"input_tokens":310,"output_tokens":95}}]})")) == 765);
}

TEST_CASE("an object with the numbers of one record of a list is not counted beside it") {
  const auto reading =
      read(R"({"answer":{"metadata":{"usage":{"input_tokens":310,"output_tokens":95}}},)"
           R"("rounds":[{"usage":{"input_tokens":120,"output_tokens":30}},)"
           R"({"usage":{"input_tokens":310,"output_tokens":95}}]})");
  CHECK(input(reading) == 430);
  CHECK(with_cause(reading, "not-counted").size() == 1);
}

TEST_CASE("what is called the most expensive of a list is one of it") {
  const auto reading = read(
      R"({"operations":{"a":{"input_tokens":20,"output_tokens":10},"b":{"input_tokens":40,"output_tokens":5}},)"
      R"("most_expensive":["b",{"input_tokens":40,"output_tokens":5}],)"
      R"("total":{"input_tokens":60,"output_tokens":15}})");
  CHECK(input(reading) == 60);
  CHECK(reading.errors() == 0);
}

TEST_CASE("a response id that stands again is that of one call, also for the sum of the calls") {
  const auto reading = read(
      R"({"steps":[{"model_response":{"id":"chatcmpl-1","model":"m","usage":{"input_tokens":100,"output_tokens":10}}},)"
      R"({"model_response":{"id":"chatcmpl-1","model":"m","usage":{"input_tokens":100,"output_tokens":10}}}],)"
      R"("total":{"input_tokens":100,"output_tokens":10}})");
  REQUIRE(counted(reading).size() == 2);
  CHECK(counted(reading).front().same_id == SameId::copy);
  CHECK(counted(reading).front().id == "chatcmpl-1");
  CHECK(reading.errors() == 0);
}

TEST_CASE("what may be one usage told twice is a warning") {
  const auto reading = read(
      R"({"model_usage":{"input_tokens":900,"output_tokens":95},)"
      R"("calls":[{"usage":{"input_tokens":455,"output_tokens":30}},{"usage":{"input_tokens":310,"output_tokens":41}}]})");
  const auto warnings = with_cause(reading, "unrelated-usage");
  REQUIRE(warnings.size() == 1);
  CHECK(warnings.front().severity == Severity::warning);
  CHECK(warnings.front().explanation.starts_with("inferred: may be counted twice: "));
}

TEST_CASE("two lists of calls with nothing in common are no doubt") {
  const auto reading = read(
      R"({"planner_calls":[{"usage":{"input_tokens":455,"output_tokens":30}},{"usage":{"input_tokens":31,"output_tokens":41}}],)"
      R"("writer_calls":[{"usage":{"input_tokens":77,"output_tokens":12}},{"usage":{"input_tokens":620,"output_tokens":5}}]})");
  CHECK(input(reading) == 1183);
  CHECK(with_cause(reading, "unrelated-usage").empty());
}

TEST_CASE("an object that tells all of a list twice is refuted, and the list counts") {
  const auto reading = read(
      R"({"metrics":{"prompt_tokens":1530,"completion_tokens":142},)"
      R"("tasks":[{"token_usage":{"prompt_tokens":455,"completion_tokens":30}},{"token_usage":{"prompt_tokens":310,"completion_tokens":41}}]})");
  CHECK(input(reading) == 765);
  REQUIRE(reading.sum_claims.size() == 1);
  CHECK(reading.sum_claims.front().place.pointer == "/metrics");
}

TEST_CASE("a total of one call among several is refuted") {
  const auto reading = read(
      R"({"total_usage":{"prompt_tokens":310,"completion_tokens":41},)"
      R"("attempts":[{"usage":{"prompt_tokens":455,"completion_tokens":30}},{"usage":{"prompt_tokens":310,"completion_tokens":41}}]})");
  CHECK(input(reading) == 765);
  REQUIRE(reading.sum_claims.size() == 1);
  CHECK(reading.sum_claims.front().place.pointer == "/total_usage");
}

TEST_CASE("totals that grow by what stands beside them are never added") {
  CHECK(
      input(read(
          R"({"turns":[{"own":{"input_tokens":100,"output_tokens":10},"session":{"usage":{"input_tokens":100,"output_tokens":10}}},)"
          R"({"own":{"input_tokens":70,"output_tokens":20},"session":{"usage":{"input_tokens":170,"output_tokens":30}}},)"
          R"({"own":{"input_tokens":55,"output_tokens":30},"session":{"usage":{"input_tokens":225,"output_tokens":60}}}]})")) ==
      225);
}

TEST_CASE("beside a call that says which turn it is, a larger total is not counted for it") {
  const auto reading = read(
      R"({"turn":2,"llm":{"usage":{"prompt_tokens":20,"completion_tokens":7}},"tokens_total":{"prompt":30,"completion":12}})");
  CHECK(input(reading) == 20);
  CHECK(with_cause(reading, "not-counted").size() == 1);
}

TEST_CASE("a member that is called like a total is one of many, whatever its words") {
  for (const std::string name :
       {"mistral-large-latest", "latest", "summary", "sum_checker", "combined"}) {
    CAPTURE(name);
    const auto reading = read(
        R"({"by_agent":{")" + name +
        R"(":{"input_tokens":100,"output_tokens":20},"coder":{"input_tokens":300,"output_tokens":50},)"
        R"("critic":{"input_tokens":40,"output_tokens":10}},"total":{"input_tokens":440,"output_tokens":80}})");
    CHECK(input(reading) == 440);
    CHECK(reading.findings.empty());
  }
}

TEST_CASE("a member that may be the sum of the others is a warning") {
  const auto reading = read(
      R"({"by_stage":{"summary":{"input_tokens":900,"output_tokens":90},"draft":{"input_tokens":300,"output_tokens":50},)"
      R"("critic":{"input_tokens":40,"output_tokens":10}}})");
  CHECK(with_cause(reading, "unrelated-usage").size() == 1);
}

TEST_CASE("a row that is the sum of all others is no call") {
  CHECK(
      input(read(
          R"([{"name":"run","input_tokens":185,"output_tokens":60},{"name":"a","input_tokens":100,"output_tokens":10},)"
          R"({"name":"b","input_tokens":30,"output_tokens":20},{"name":"c","input_tokens":55,"output_tokens":30}])")) ==
      185);
}

TEST_CASE("what is measured in another unit is no usage") {
  for (const std::string unit : {"latency_ms", "chars", "tests", "duration"}) {
    CAPTURE(unit);
    const auto reading = read(R"({"tokens":{"input":10,"output":5,"total":15},")" + unit +
                              R"(":{"input":120,"output":300,"total":420}})");
    CHECK(input(reading) == 10);
    CHECK(reading.findings.empty());
  }
}

TEST_CASE("bare names of an unknown unit are not counted in silence") {
  const auto reading = read(
      R"({"usage":{"input_tokens":10,"output_tokens":5},"embeddings":{"input":120,"output":300,"total":420}})");
  CHECK(input(reading) == 10);
  REQUIRE(reading.findings.size() == 1);
  CHECK(reading.findings.front().severity == Severity::warning);
}

TEST_CASE("a difference between two runs is none of them") {
  const std::string runs =
      R"({"baseline":{"input_tokens":1000,"output_tokens":100},"candidate":{"input_tokens":600,"output_tokens":80},)";
  for (const std::string name : {"delta", "difference", "token_reduction"}) {
    CAPTURE(name);
    CHECK(input(read(runs + "\"" + name + R"(":{"input_tokens":400,"output_tokens":20}})")) ==
          1600);
  }
  CHECK(input(read(runs + R"("diff":{"input_tokens":-400,"output_tokens":-20}})")) == 1600);
  CHECK(input(read(runs + R"("delta":{"input_tokens":401,"output_tokens":20}})")) == 2001);
}

}  // namespace usagectl
