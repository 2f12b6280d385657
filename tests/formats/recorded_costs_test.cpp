// What files state that calls cost, through the readers of their formats.
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
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

/// What the counted records of a fixture cost, in their order.
std::string costs_in(const std::string& name) {
  std::ifstream file(std::string(USAGECTL_SOURCE_DIR) + "/testdata/costs/stated/" + name);
  std::string all;
  for (const UsageRecord& record :
       read_as_file({std::istreambuf_iterator<char>(file), {}}, name).records) {
    if (!all.empty()) all += ", ";
    all += record.cost ? cost_text(record.cost->amount.money, record.cost->currency) + " at " +
                             record.cost->key
                       : "none";
  }
  return all;
}

TEST_CASE("readers of formats take the cost that stands with the counts") {
  CHECK(costs_in("pi_google.jsonl") == "0.33 USD at cost/total");
  CHECK(costs_in("tinyagent_capture.json") == "0.30000000000000004 at cost/total, 0 at cost/total");
  CHECK(costs_in("tinyagent_probe.json") == "0.3 at cost/total");
  CHECK(costs_in("cline/tasks/1/ui_messages.json") == "0.03 USD at cost");
  CHECK(costs_in("cline/tasks/2/api_conversation_history.json") == "0.01 USD at ../cost");
  CHECK(costs_in("cline/state/taskHistory.json") == "0.04 USD at totalCost");
  CHECK(costs_in("claude_result.jsonl") == "0.01 USD at ../total_cost_usd");
  CHECK(costs_in("otel_logs.json") == "0.011 USD at cost_usd");
  CHECK(costs_in("otel_spans.json") == "0.0125 at gen_ai.usage.cost, 0.03 USD at llm.cost.total");
  CHECK(costs_in("mlflow_trace.json") ==
        "0.30000000000000004 USD at ../mlflow.llm.cost/total_cost, "
        "0.3 USD at ../mlflow.trace.cost/total_cost");
  CHECK(costs_in("gptme.jsonl") == "0.018 at ../cost");
}

TEST_CASE("layouts of logs name where the cost stands") {
  CHECK(costs_in("vibe/meta.json") == "0.014 USD at session_cost");
  CHECK(costs_in("tau2_results.json") == "0.011 USD at ../../cost, 0.012 USD at ../cost");
  CHECK(costs_in("helicone.json") == "0.013 USD at ../../cost");
  CHECK(costs_in("promptfoo.json") == "0.014 USD at ../cost, none");
  CHECK(costs_in("phoenix.jsonl") == "0.015 USD at attributes/llm/cost/total");
  CHECK(costs_in("braintrust.jsonl") == "0.016 USD at metrics/estimated_cost");
  CHECK(costs_in("openhands/base_state.json") == "0.017 USD at ../accumulated_cost");
  CHECK(costs_in("cursor.csv") == "0.05 USD at Cost, none");
  CHECK(costs_in("aider/.aider.chat.history.md") == "0.03 USD at cost");
  CHECK(costs_in("autogen.log") == "0.0001 at cost, 0.00005 at cost");
}

TEST_CASE("a cost beside the only counts of a document that nobody knows is theirs") {
  CHECK(costs_in("swe_agent.json") == "0.61 at instance_cost");
  CHECK(costs_in("blocks.json").find("1.2 USD at ../costUSD") != std::string::npos);
}

TEST_CASE("the trace of MLflow costs what its spans cost") {
  const auto trace = [](std::string_view cost) {
    return R"({"info":{"trace_id":"tr-1","trace_metadata":{"mlflow.trace.tokenUsage":)"
           R"({"input_tokens":6,"output_tokens":1,"total_tokens":7},"mlflow.trace.cost":)"
           R"({"total_cost":)" +
           std::string(cost) +
           R"(}}},"data":{"spans":[{"span_id":"s1","parent_span_id":null,"attributes":)"
           R"({"mlflow.chat.tokenUsage":{"input_tokens":6,"output_tokens":1,"total_tokens":7},)"
           R"("mlflow.llm.cost":{"total_cost":0.30000000000000004}}}]}})";
  };
  CHECK(judgement_of(trace("0.3"), "trace.json").findings.empty());
  const ReconcileReport wrong = judgement_of(trace("0.4"), "trace.json");
  REQUIRE(wrong.findings.size() == 1);
  CHECK(wrong.findings.front().rule == Rule::cost);
}

TEST_CASE("a cost that leaves open how much it is gives a warning at its place") {
  const ReconcileReport report =
      judgement_of(R"({"model":"m","usage":{"prompt_tokens":10,"completion_tokens":5},)"
                   R"("cost":"about $0.01"})"
                   "\n",
                   "log.jsonl");
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings.front().severity == Severity::warning);
  CHECK(report.findings.front().place.pointer == "/cost");
}

TEST_CASE("costs of one usage that disagree give a warning, and rounded ones do not") {
  const auto log = [](std::string_view costs) {
    return R"({"model":"m","usage":{"prompt_tokens":10,"completion_tokens":5},)" +
           std::string(costs) + "}\n";
  };
  CHECK(judgement_of(log(R"("cost":0.1234,"cost_usd":0.12)"), "log.jsonl").findings.empty());
  const ReconcileReport report = judgement_of(log(R"("cost":0.1,"cost_usd":0.2)"), "log.jsonl");
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings.front().severity == Severity::warning);
  CHECK(report.findings.front().place.pointer == "/cost_usd");
}

TEST_CASE("a cost is in the currency that stands beside it, wherever that is") {
  for (const std::string members :
       {R"("cost":0.1,"currency":"EUR")", R"("currency":"EUR","cost":0.1)",
        R"("cost":0.1,"cost_currency":"EUR")", R"("total_cost":0.1,"costCurrency":"eur")"}) {
    CAPTURE(members);
    const FormatReading beside = read_as_file(
        R"({"usage":{"input_tokens":10,"output_tokens":5},)" + members + "}", "a.json");
    const FormatReading inside = read_as_file(
        R"({"usage":{"input_tokens":10,"output_tokens":5,)" + members + "}}", "a.json");
    for (const FormatReading* reading : {&beside, &inside}) {
      REQUIRE(reading->records.size() == 1);
      REQUIRE(reading->records.front().cost);
      CHECK(reading->records.front().cost->currency == Currency("EUR"));
    }
  }
  // A name that says its currency goes before one beside it.
  const FormatReading dollars = read_as_file(
      R"({"usage":{"input_tokens":10,"output_tokens":5},"cost_usd":0.1,"currency":"EUR"})",
      "a.json");
  CHECK(dollars.records.front().cost->currency == Currency("USD"));
}

}  // namespace usagectl
