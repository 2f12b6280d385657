// Statistics of a log, and lists that are a part of what a total sums up.
#include <string>

#include "formats/counted_of.hpp"
#include "formats/judgement_of.hpp"

namespace usagectl {
namespace {

FormatReading read(std::string text, std::string_view name = "stats.json") {
  return read_as_file(std::move(text), name);
}

Count input(const FormatReading& reading) { return sum(reading, Counter::input); }

}  // namespace

TEST_CASE("the sum among the statistics of a counter is what was used") {
  const auto reading = read(R"({"prompt_tokens":{"mean":150.5,"min":100,"max":201,"sum":301},)"
                            R"("completion_tokens":{"mean":15,"min":10,"max":20,"sum":30}})");
  CHECK(input(reading) == 301);
  CHECK(sum(reading, Counter::output) == 30);
  REQUIRE(counted(reading).size() == 1);
  CHECK(counted(reading).front().role == Role::aggregate);
  CHECK(
      input(read(
          R"({"models":{"a":{"input_tokens":{"total":300,"avg":150.0},"output_tokens":{"total":30,"avg":15.5}},)"
          R"("b":{"input_tokens":{"total":100,"avg":50.0},"output_tokens":{"total":10,"avg":5.5}}}})")) ==
      400);
}

TEST_CASE("statistics without a sum are no usage") {
  CHECK(
      input(read(
          R"({"prompt_tokens":{"mean":150.0,"max":200},"completion_tokens":{"mean":15.0,"max":20}})")) ==
      0);
}

TEST_CASE("an average beside input and output makes no statistics of a usage object") {
  const auto reading = read(R"({"tokens":{"input":300,"output":30,"total":330,"average":165}})");
  CHECK(input(reading) == 300);
  CHECK(sum(reading, Counter::output) == 30);
}

TEST_CASE("a total counts where a list beside it is called a selection and has less") {
  const auto reading = read(
      R"({"total":{"input_tokens":1500,"output_tokens":150},"top_models":[)"
      R"({"model":"a","input_tokens":900,"output_tokens":90},{"model":"b","input_tokens":400,"output_tokens":40}]})");
  CHECK(input(reading) == 1500);
  CHECK(reading.errors() == 0);
  // A list of all models that has less is a total that is wrong.
  CHECK(
      input(read(
          R"({"total":{"input_tokens":1500,"output_tokens":150},"models":[)"
          R"({"model":"a","input_tokens":900,"output_tokens":90},{"model":"b","input_tokens":400,"output_tokens":40}]})")) ==
      1300);
}

TEST_CASE("a total that is more than the last hours holds them") {
  CHECK(input(read(R"({"total":{"input_tokens":1500,"output_tokens":150},)"
                   R"("last_24h":{"input_tokens":900,"output_tokens":90}})")) == 1500);
}

TEST_CASE("members that each repeat the object around them are no members of a map") {
  const std::string call =
      R"({"model":"m","prompt_tokens":107,"completion_tokens":21,"total_tokens":128,)"
      R"("metadata":{"usage_object":{"prompt_tokens":107,"completion_tokens":21,"total_tokens":128}},)"
      R"("response":{"usage":{"prompt_tokens":107,"completion_tokens":21,"total_tokens":128}}})";
  const auto report = judgement_of("[" + call + "," + call + "]", "log.json");
  CHECK(report.verdict == Verdict::pass);
  CHECK(input(read("[" + call + "," + call + "]")) == 214);
  // Of two that differ, the object around them is the sum.
  CHECK(
      input(read(
          R"({"prompt_tokens":300,"completion_tokens":30,"a":{"usage":{"prompt_tokens":100,"completion_tokens":10}},)"
          R"("b":{"usage":{"prompt_tokens":200,"completion_tokens":20}}})")) == 300);
}

TEST_CASE("a tree tells its own usage and that of all below it: each counts once") {
  const auto tree = [](const std::string& own, const std::string& all) {
    const auto usage = [](int input) {
      return R"({"prompt_tokens":)" + std::to_string(input) + R"(,"completion_tokens":)" +
             std::to_string(input / 10) + "}";
    };
    const auto node = [&](const std::string& name, int mine, int whole, const std::string& below) {
      return R"({"name":")" + name + R"(",")" + own + R"(":)" + usage(mine) + R"(,")" + all +
             R"(":)" + usage(whole) + R"(,"children":[)" + below + "]}";
    };
    return node("r", 10, 60, node("x", 20, 50, node("y", 30, 30, ""))) + "\n";
  };
  for (const std::string_view all : {"total_usage", "cumulative_usage", "subtree_usage"}) {
    CAPTURE(all);
    const auto reading = read(tree("own_usage", std::string(all)), "tree.json");
    CHECK(input(reading) == 60);
    CHECK(reading.errors() == 0);
  }
}

TEST_CASE("totals so far of a list stay such beside what each row used") {
  CHECK(input(read(R"({"turns":[{"usage":{"input_tokens":100,"output_tokens":10},)"
                   R"("cumulative_usage":{"input_tokens":100,"output_tokens":10}},)"
                   R"({"usage":{"input_tokens":200,"output_tokens":20},)"
                   R"("cumulative_usage":{"input_tokens":300,"output_tokens":30}}]})")) == 300);
}

TEST_CASE("a call that failed and counts nothing needs no word") {
  const std::string fine =
      R"({"id":"a","model":"m","status":"success","prompt_tokens":100,"completion_tokens":10})";
  const auto zeros = [](const std::string& status) {
    return R"({"id":"b","model":"m","status":")" + status +
           R"(","prompt_tokens":0,"completion_tokens":0})";
  };
  for (const std::string_view name : {"log.jsonl", "log.json"}) {
    CAPTURE(name);
    const bool is_list = name == "log.json";
    const auto text = [&](const std::string& status) {
      return is_list ? "[" + fine + "," + zeros(status) + "]"
                     : fine + "\n" + zeros(status) + "\n" + fine + "\n" + zeros(status) + "\n";
    };
    CHECK(with_cause(read(text("error"), name), "all-zero").empty());
    CHECK(!with_cause(read(text("success"), name), "all-zero").empty());
  }
}

}  // namespace usagectl
