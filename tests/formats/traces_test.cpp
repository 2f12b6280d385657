#include <doctest/doctest.h>

#include "formats/counted_of.hpp"
#include "harness/made_capture.hpp"

namespace usagectl {

TEST_CASE("spans of MLflow below a span with usage say the same again") {
  const FormatReading reading = read_fixture("mlflow_trace/trace.json");
  CHECK(counted(reading).size() == 2);
  CHECK(sum(reading, Counter::total) == 33);
  CHECK(counted(reading).front().model == "made-up-a");
  CHECK(reading.sum_claims.size() == 1);
}

TEST_CASE("a span above others with usage is their sum, also in a list of one's own") {
  const FormatReading reading = read_as_file(
      R"({"spans":[{"name":"agent","trace_id":"t","span_id":"a","parent_id":null,)"
      R"("attributes":{"gen_ai.usage.input_tokens":30,"gen_ai.usage.output_tokens":12}},)"
      R"({"name":"chat","trace_id":"t","span_id":"b","parent_id":"a",)"
      R"("attributes":{"gen_ai.usage.input_tokens":10,"gen_ai.usage.output_tokens":5}},)"
      R"({"name":"chat","trace_id":"t","span_id":"c","parent_id":"a",)"
      R"("attributes":{"gen_ai.usage.input_tokens":20,"gen_ai.usage.output_tokens":7}}]})",
      "run.json");
  CHECK(sum(reading, Counter::input) == 30);
}

TEST_CASE("a call above another one with the same counts counts, where each names its answer") {
  const auto spans = [](const std::string& first, const std::string& second) {
    const auto span = [](const std::string& id, const std::string& parent,
                         const std::string& answer) {
      return R"({"name":"chat","trace_id":"t","span_id":")" + id + R"(","parent_id":)" + parent +
             R"(,"attributes":{"gen_ai.operation.name":"chat","gen_ai.response.id":")" + answer +
             R"(","gen_ai.usage.input_tokens":100,"gen_ai.usage.output_tokens":10}})";
    };
    return R"({"spans":[)" + span("a", "null", first) + "," + span("b", "\"a\"", second) + "]}";
  };
  const FormatReading two = read_as_file(spans("resp_1", "resp_2"), "run.json");
  CHECK(sum(two, Counter::input) == 200);
  CHECK(with_cause(two, "several-usages").size() == 1);
  CHECK(sum(read_as_file(spans("resp_1", "resp_1"), "run.json"), Counter::input) == 100);
}

TEST_CASE("the days of the sidecar's database are sums of its events") {
  const FormatReading reading = read_fixture("sidecar_database/rows.jsonl");
  CHECK(counted(reading).size() == 2);
  CHECK(sum(reading, Counter::total) == 155);
  REQUIRE(reading.sum_claims.size() == 1);
  CHECK(reading.sum_claims.front().numbers.size() == 2);
}

TEST_CASE(
    "an answer from Inspect's cache is no call, and samples without a sum have their events") {
  const FormatReading first = read_fixture("inspect_eval/evaluation/samples/1_epoch_1.json");
  CHECK(sum(first, Counter::total) == 11);
  CHECK(first.ignored_by.at("answer from the cache") == 1);
  const FormatReading second = read_fixture("inspect_eval/evaluation/samples/2_epoch_1.json");
  CHECK(sum(second, Counter::total) == 22);
}

TEST_CASE("answers of a sample without any usage are named") {
  const FormatReading reading = read_as_file(
      R"({"id":1,"epoch":1,"input":"x","target":"y","messages":[],"model_usage":{},"events":[{"event":"model","model":"m","output":{"choices":[{}]}}]})",
      "a.eval!samples/1_epoch_1.json");
  CHECK(counted(reading).empty());
  CHECK(with_cause(reading, "no-usage").size() == 1);
}

TEST_CASE("a span of the AI SDK tells the cache beside the conventions") {
  const std::string flat =
      R"({"span_id":"a","attributes":{"ai.usage.inputTokens":120,"ai.usage.inputTokenDetails.noCacheTokens":20,"ai.usage.inputTokenDetails.cacheWriteTokens":100,"ai.usage.outputTokens":7,"ai.usage.totalTokens":127,"gen_ai.usage.input_tokens":120,"gen_ai.usage.output_tokens":7}})";
  const std::string listed =
      R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"t","spanId":"a","attributes":[{"key":"ai.usage.inputTokens","value":{"intValue":"120"}},{"key":"ai.usage.inputTokenDetails.cacheWriteTokens","value":{"intValue":"100"}},{"key":"gen_ai.usage.input_tokens","value":{"intValue":"120"}},{"key":"gen_ai.usage.output_tokens","value":{"intValue":"7"}}]},{"traceId":"t","spanId":"b","attributes":[{"key":"ai.usage.inputTokens","value":{"intValue":"120"}}]}]}]}]})";
  for (const std::string& text : {flat, listed}) {
    CAPTURE(text);
    const FormatReading reading = read_as_file(text, "spans.json");
    REQUIRE(counted(reading).size() == 1);
    CHECK(sum(reading, Counter::cache_write) == 100);
    CHECK(sum(reading, Counter::input) == 120);
  }
}

TEST_CASE(
    "a row that sums up those below it is none of them, however far inside its usage stands") {
  const auto row = [](const std::string& id, const std::string& above, const std::string& usage) {
    return R"({"id":")" + id + R"(","parent_id":)" + above + "," + usage + "}";
  };
  const auto counts = [](int input, int output) {
    return R"({"prompt_tokens":)" + std::to_string(input) + R"(,"completion_tokens":)" +
           std::to_string(output) + "}";
  };
  for (const auto& around : std::vector<std::pair<std::string, std::string>>{
           {R"("usage":)", ""},
           {R"("data":{"usage":)", "}"},
           {R"("span":{"data":{"usage":)", "}}"},
           {R"("summary":{"usage":{"gpt-4o":)", "}}"}}) {
    const std::string& begin = around.first;
    const std::string& end = around.second;
    CAPTURE(begin);
    const std::vector<std::string> rows = {row("a", "null", begin + counts(2203, 223) + end),
                                           row("b", R"("a")", begin + counts(1001, 101) + end),
                                           row("c", R"("a")", begin + counts(1202, 122) + end)};
    const std::string lines = rows[0] + "\n" + rows[1] + "\n" + rows[2] + "\n";
    CHECK(MadeCapture({{"a.jsonl", lines}}).sum(Counter::input) == 2203);
    const std::string list = "[" + rows[0] + "," + rows[1] + "," + rows[2] + "]";
    CHECK(MadeCapture({{"a.json", list}}).sum(Counter::input) == 2203);
  }
}

TEST_CASE("what a line says of its usage far inside is said of it") {
  const FormatReading reading = read_as_file(
      R"({"ts":"2026-03-01T10:00:00Z","session_id":"s","model":"m","result":{"data":{"raw":)"
      R"({"usage":{"prompt_tokens":10,"completion_tokens":2}}}}})"
      "\n",
      "a.jsonl");
  REQUIRE(counted(reading).size() == 1);
  CHECK(counted(reading).front().model == "m");
  CHECK(counted(reading).front().time == "2026-03-01T10:00:00Z");
}

TEST_CASE("a span counts under names that no convention gives") {
  const auto span = [](const std::string& attributes) {
    return R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"a","spanId":"b","name":"llm",)"
           R"("attributes":[)" +
           attributes + "]}]}]}]}";
  };
  const auto number = [](const std::string& key, int value) {
    return R"({"key":")" + key + R"(","value":{"intValue":")" + std::to_string(value) + "\"}}";
  };
  const auto text = [](const std::string& key, const std::string& value) {
    return R"({"key":")" + key + R"(","value":{"stringValue":")" + value + "\"}}";
  };
  for (const std::string& attributes :
       {number("llm.usage.prompt_tokens", 900) + "," + number("llm.usage.completion_tokens", 30),
        number("ai.usage.promptTokens", 900) + "," + number("ai.usage.completionTokens", 30),
        number("llm.tokens.input", 900) + "," + number("llm.tokens.output", 30),
        number("input_tokens", 900) + "," + number("output_tokens", 30),
        text("langfuse.observation.usage_details", R"({\"input\":900,\"output\":30})"),
        text("lk.llm_metrics", R"({\"prompt_tokens\":900,\"completion_tokens\":30})")}) {
    CAPTURE(attributes);
    const FormatReading reading = read_as_file(span(attributes), "spans.json");
    CHECK(sum(reading, Counter::input) == 900);
    CHECK(sum(reading, Counter::output) == 30);
  }
  for (const std::string& attributes :
       {number("llm.request.max_tokens", 900), number("prompt_tokens", 900),
        text("gen_ai.prompt", R"({\"prompt_tokens\":900,\"completion_tokens\":30})")}) {
    CAPTURE(attributes);
    CHECK(counted(read_as_file(span(attributes), "spans.json")).empty());
  }
}

}  // namespace usagectl
