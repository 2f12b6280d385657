#include "formats/columns/call_columns.hpp"

#include <doctest/doctest.h>

#include "formats/columns/calls_as_rows.hpp"
#include "formats/counted_of.hpp"
#include "harness/made_capture.hpp"

using namespace usagectl;

namespace {

std::string calls_in(const std::string& text) {
  JsonParser parser;
  std::string rows;
  for (const CallOfColumns& call : calls_of_columns(parser.parse_copy(text).root)) rows += call.row;
  return rows;
}

bool has_columns(const std::string& text) {
  JsonParser parser;
  return with_calls_as_rows(parser.parse_copy(text).root).has_value();
}

}  // namespace

TEST_CASE("lists side by side are a call for each of their items, wherever they stand") {
  for (const std::string text :
       {R"({"prompt_tokens":[1000,2001],"completion_tokens":[100,202],"scores":[1,0]})",
        R"({"usage":{"input_tokens_list":[1000,2001],"output_tokens_list":[100,202]}})",
        R"({"gpt-4o":{"inputTokensList":[1000,2001],"outputTokensList":[100,202]}})",
        R"([{"input_tokens_per_turn":[1000],"output_tokens_per_turn":[100]},)"
        R"({"input_tokens_per_turn":[2001],"output_tokens_per_turn":[202]}])",
        R"({"prompt_tokens_list":[[1000],[2001]],"comp_tokens_list":[[100],[202]]})"}) {
    CAPTURE(text);
    const FormatReading reading = read_as_file(text, "stats.json");
    CHECK(counted(reading).size() == 2);
    CHECK(sum(reading, Counter::input) == 3001);
    CHECK(sum(reading, Counter::output) == 302);
  }
}

TEST_CASE("lists of other numbers beside them count nothing") {
  const FormatReading reading = read_as_file(
      R"({"metrics":[1,0],"rounds":[3,4],"total_tokens_list":[1100,2203],)"
      R"("prompt_tokens_list":[1000,2001],"completion_tokens_list":[100,202],"latency_ms":[5,6]})",
      "stats.json");
  CHECK(sum(reading, Counter::input) == 3001);
  CHECK(sum(reading, Counter::total) == 3303);
}

TEST_CASE("the totals of such lists are checked against them and not counted again") {
  const std::string lists =
      R"("input_tokens_per_turn":[1201,1502],"output_tokens_per_turn":[101,52],"total_output":153,)";
  const MadeCapture right({{"a.json", "{" + lists + R"("total_input":2703})"}});
  CHECK(right.sum(Counter::input) == 2703);
  CHECK(right.report().verdict == Verdict::pass);
  const MadeCapture wrong({{"a.json", "{" + lists + R"("total_input":2704})"}});
  CHECK(wrong.sum(Counter::input) == 2703);
  CHECK(wrong.report().verdict == Verdict::fail);
}

TEST_CASE("the cache in such lists is inside their input where the rest beside it shows it") {
  const FormatReading reading =
      read_as_file(R"({"input_tokens_per_turn":[1201,1502],"output_tokens_per_turn":[101,52],)"
                   R"("uncached_input_tokens_per_turn":[201,102],)"
                   R"("cache_read_input_tokens_per_turn":[0,1000],)"
                   R"("cache_creation_input_tokens_per_turn":[1000,400]})",
                   "stats.json");
  CHECK(sum(reading, Counter::input) == 2703);
  CHECK(sum(reading, Counter::cache_read) == 1000);
}

TEST_CASE("the lists of a line are calls of its model and its time, and not of its id") {
  CHECK(calls_in(R"({"id":"t1","model":"m","input_token_count":[[10,11],[13]],)"
                 R"("output_token_count":[[2,3],[null]],"latency":[[1.0,1.1],[1.2]]})") ==
        R"({"input_token_count":10,"output_token_count":2,"model":"m"})"
        R"({"input_token_count":11,"output_token_count":3,"model":"m"})"
        R"({"input_token_count":13,"model":"m"})");
  const MadeCapture lines(
      {{"a.jsonl", R"({"id":"t1","input_token_count":[10,11],"output_token_count":[2,3]})"
                   "\n"
                   R"({"id":"t2","input_token_count":[10],"output_token_count":[2]})"
                   "\n"}});
  CHECK(lines.sum(Counter::input) == 31);
  CHECK(lines.sum(Counter::output) == 7);
}

TEST_CASE("lists of other lengths, of texts, and of one kind of tokens alone are no calls") {
  CHECK_FALSE(has_columns(R"({"input_tokens":[1,2],"output_tokens":[3]})"));
  CHECK_FALSE(has_columns(R"({"input_tokens":[[1],[2]],"output_tokens":[3,4]})"));
  CHECK_FALSE(has_columns(R"({"prompt":["a","b"],"response":["c","d"]})"));
  CHECK_FALSE(has_columns(R"({"prompt_token_ids":[1,2],"output_token_ids":[3,4]})"));
  CHECK_FALSE(has_columns(R"({"tokens":[1,2]})"));
  CHECK_FALSE(has_columns(R"({"input_tokens":[],"output_tokens":[]})"));
}

TEST_CASE("lists that may be the tokens themselves, or that others report, are no calls") {
  CHECK_FALSE(has_columns(R"({"prompt_tokens":[101,2023,2003],"completion_tokens":[1045,3,102]})"));
  CHECK_FALSE(has_columns(
      R"({"prompt_tokens":[101,2023],"output_tokens":[1045,3],"output_logprobs":[-0.1,-0.2]})"));
  CHECK_FALSE(
      has_columns(R"({"input_tokens_list":[10,20],"output_tokens_list":[1,2],"buckets":[0,100]})"));
  // A line that reports its usage itself, and a document in which others do.
  CHECK(calls_in(R"({"usage":{"prompt_tokens":4,"completion_tokens":3},)"
                 R"("input_tokens_list":[1,15043],"output_tokens_list":[29991,2]})")
            .empty());
  const FormatReading sweep = read_as_file(
      R"({"sweep":{"input_tokens_list":[128,512],"output_tokens_list":[32,128]},"results":[)"
      R"({"usage":{"prompt_tokens":120,"completion_tokens":31}},)"
      R"({"usage":{"prompt_tokens":500,"completion_tokens":99}}]})",
      "bench.json");
  CHECK(sum(sweep, Counter::input) == 620);
}

TEST_CASE("a count of such a list that cannot be one is rejected at its place") {
  const FormatReading reading =
      read_as_file(R"({"input_tokens_list":[10,-1],"output_tokens_list":[2,3]})", "stats.json");
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems.front().find("negative") != std::string::npos);
  CHECK(sum(reading, Counter::input) == 10);
}

TEST_CASE("maps side by side are a usage object for each of their names") {
  for (
      const std::string text :
      {R"({"input_tokens_by_model":{"m":2203,"n":1303},"output_tokens_by_model":{"m":223,"n":133}})",
       R"({"prompt_tokens":{"gpt-4o":2203,"o1":1303},"completion_tokens":{"gpt-4o":223,"o1":133}})",
       R"({"total":{"input_tokens":3506,"output_tokens":356},"calls_by_model":{"m":2,"n":1},)"
       R"("input_tokens_by_model":{"m":2203,"n":1303},"output_tokens_by_model":{"m":223,"n":133}})",
       R"({"token_usage":{"input_tokens_by_model":{"m":2203,"n":1303},"total_input_tokens":3506,)"
       R"("output_tokens_by_model":{"m":223,"n":133},"total_output_tokens":356}})"}) {
    CAPTURE(text);
    const FormatReading reading = read_as_file(text, "stats.json");
    CHECK(counted(reading).size() == 2);
    CHECK(sum(reading, Counter::input) == 3506);
    CHECK(sum(reading, Counter::output) == 356);
    CHECK(MadeCapture({{"a.json", text}}).errors() == 0);
  }
}

TEST_CASE("the number of calls by model is that of the usage by model") {
  const FormatReading reading =
      read_as_file(R"({"calls_by_model":{"m":2,"n":1},"input_tokens_by_model":{"m":22,"n":13},)"
                   R"("output_tokens_by_model":{"m":2,"n":1},"total_calls":3})",
                   "stats.json");
  CHECK(sum(reading, Counter::requests) == 3);
}

TEST_CASE("maps of parts, of other names, or of nothing that says they are names are left alone") {
  CHECK_FALSE(has_columns(
      R"({"input_tokens":{"text":10,"audio":5},"output_tokens":{"text":3,"audio":1}})"));
  CHECK_FALSE(has_columns(
      R"({"input_tokens":{"total":10,"cached":5},"output_tokens":{"total":3,"cached":1}})"));
  CHECK_FALSE(
      has_columns(R"({"input_tokens_by_model":{"a":10},"output_tokens_by_model":{"b":3}})"));
}
