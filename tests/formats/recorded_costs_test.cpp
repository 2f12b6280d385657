// What files state that calls cost, through the readers of their formats.
#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "formats/judgement_of.hpp"
#include "formats/reading_of.hpp"

namespace usagectl {
namespace {

/// "0.25 USD at cost", of the only record.
std::string cost_of(std::string text, std::string name) {
  const FormatReading reading = read_as_file(std::move(text), std::move(name));
  REQUIRE(reading.records.size() == 1);
  const CostOfRecord& cost = reading.records.front().cost;
  return cost ? cost_text(cost->amount.money, cost->currency) + " at " + cost->key : "none";
}

}  // namespace

TEST_CASE("a cost inside of the usage object of an answer is that of the call") {
  CHECK(cost_of(R"({"id":"gen-1","object":"chat.completion","model":"m","choices":[],"usage":)"
                R"({"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"cost":0.00012,)"
                R"("is_byok":false,"cost_details":{"upstream_inference_cost":0.0001}}})",
                "answer.json") == "0.00012 USD at cost");
}

TEST_CASE("a cost beside the usage object is that of the call") {
  CHECK(cost_of("{\"model\":\"m\",\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5},"
                "\"response_cost\":0.5}\n",
                "log.jsonl") == "0.5 at ../response_cost");
}

TEST_CASE("a cost in a row of counts is that of the row") {
  CHECK(cost_of("{\"model\":\"m\",\"prompt_tokens\":10,\"completion_tokens\":5,\"cost_usd\":0.5}\n",
                "log.jsonl") == "0.5 USD at cost_usd");
}

TEST_CASE("a cost beside several usage objects is none of them") {
  const FormatReading reading = read_as_file(
      R"({"cost":3,"calls":[{"model":"m","usage":{"prompt_tokens":10,"completion_tokens":5}},)"
      R"({"model":"m","usage":{"prompt_tokens":20,"completion_tokens":5}}]})",
      "log.json");
  REQUIRE(reading.records.size() == 2);
  for (const UsageRecord& record : reading.records) CHECK(record.cost == nullptr);
}

TEST_CASE("a message of opencode costs what is stated beside its tokens") {
  CHECK(cost_of(R"({"id":"msg_1","sessionID":"ses_1","role":"assistant","modelID":"m","cost":0.01,)"
                R"("time":{"created":1772355600000},"tokens":{"input":10,"output":5,"reasoning":0,)"
                R"("cache":{"read":1,"write":2}}})",
                "msg_1.json") == "0.01 USD at ../cost");
}

TEST_CASE("a message of an older Claude Code transcript costs what its line states") {
  CHECK(
      cost_of(R"({"type":"assistant","sessionId":"s","uuid":"u","requestId":"r","costUSD":0.0123,)"
              R"("timestamp":"2026-03-01T00:00:00Z","message":{"id":"msg_1","role":"assistant",)"
              R"("model":"m","usage":{"input_tokens":10,"output_tokens":5}}})"
              "\n",
              "s.jsonl") == "0.0123 USD at ../../costUSD");
}

TEST_CASE("a transcript says what was written to the cache for an hour") {
  const FormatReading reading = read_as_file(
      R"({"type":"assistant","sessionId":"s","uuid":"u","requestId":"r",)"
      R"("timestamp":"2026-03-01T00:00:00Z","message":{"id":"msg_1","role":"assistant","model":"m",)"
      R"("usage":{"input_tokens":10,"cache_creation_input_tokens":7,"cache_read_input_tokens":0,)"
      R"("cache_creation":{"ephemeral_5m_input_tokens":3,"ephemeral_1h_input_tokens":4},)"
      R"("output_tokens":5}}})"
      "\n",
      "s.jsonl");
  REQUIRE(reading.records.size() == 1);
  CHECK(reading.records.front().cache_write_1h == Count(4));
}

TEST_CASE("the cost of a session is the sum of what its models cost") {
  const auto session = [](std::string_view total) {
    return R"({"type":"result","subtype":"success","session_id":"s","total_cost_usd":)" +
           std::string(total) +
           R"(,"usage":{"input_tokens":10,"output_tokens":5},"modelUsage":{)"
           R"("a":{"inputTokens":10,"outputTokens":5,"cacheReadInputTokens":0,)"
           R"("cacheCreationInputTokens":0,"webSearchRequests":0,"costUSD":0.1},)"
           R"("b":{"inputTokens":1,"outputTokens":1,"cacheReadInputTokens":0,)"
           R"("cacheCreationInputTokens":0,"webSearchRequests":0,"costUSD":0.2}}})";
  };
  const ReconcileReport sound = judgement_of(session("0.30000000000000004"), "result.json");
  CHECK(sound.findings.empty());
  const ReconcileReport wrong = judgement_of(session("0.2"), "result.json");
  REQUIRE(wrong.findings.size() == 1);
  CHECK(wrong.findings.front().rule == Rule::cost);
}

TEST_CASE("a document of costs alone is checked, in its details and in its totals") {
  const auto document = [](std::string_view total) {
    return R"({"m":{"prompt_tokens":150,"completion_tokens":30,"total_tokens":180,)"
           R"("prompt_cost":0.15,"completion_cost":0.15000000000000002,"total_cost":)" +
           std::string(total) +
           R"(,"results":[{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120,)"
           R"("prompt_cost":0.1,"completion_cost":0.05,"total_cost":0.15000000000000002},)"
           R"({"prompt_tokens":50,"completion_tokens":10,"total_tokens":60,)"
           R"("prompt_cost":0.05,"completion_cost":0.1,"total_cost":0.15000000000000002}]}})";
  };
  CHECK(judgement_of(document("0.30000000000000004"), "costs.json").findings.empty());
  const ReconcileReport wrong = judgement_of(document("0.25"), "costs.json");
  CHECK_FALSE(wrong.findings.empty());
  for (const Finding& finding : wrong.findings) CHECK(finding.rule == Rule::cost);
}

TEST_CASE("the line that sums up a log sums up its costs") {
  const std::string calls =
      "{\"model\":\"m\",\"time\":\"2026-03-01T09:00:00Z\",\"prompt_tokens\":700,\"completion_"
      "tokens\":20,\"cost\":0.125}\n"
      "{\"model\":\"m\",\"time\":\"2026-03-01T09:01:00Z\",\"prompt_tokens\":900,\"completion_"
      "tokens\":30,\"cost\":0.5}\n";
  const auto total = [](std::string_view cost) {
    return "{\"type\":\"summary\",\"prompt_tokens\":1600,\"completion_tokens\":50,\"cost\":" +
           std::string(cost) + "}\n";
  };
  CHECK(judgement_of(calls + total("0.625"), "log.jsonl").findings.empty());
  const ReconcileReport wrong = judgement_of(calls + total("0.7"), "log.jsonl");
  REQUIRE(wrong.findings.size() == 1);
  CHECK(wrong.findings.front().rule == Rule::cost);
  CHECK(wrong.findings.front().severity == Severity::error);
}

}  // namespace usagectl
