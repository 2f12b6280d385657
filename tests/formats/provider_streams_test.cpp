// Which events belong to one call, and which begin the next.
#include <doctest/doctest.h>

#include <string>

#include "formats/reading_of.hpp"

using namespace usagectl;

namespace {

FormatReading read(std::string text, std::string_view name = "capture") {
  return read_as_file(std::move(text), name);
}

Count sum(const FormatReading& reading, Counter counter) {
  Count sum = 0;
  for (const UsageRecord& record : reading.records) sum += record.counts[counter].value_or(0);
  return sum;
}

std::string event(const std::string& json) { return "data: " + json + "\n\n"; }

std::string chat_chunk(const std::string& id, const std::string& usage) {
  return R"({"id":")" + id +
         R"(","object":"chat.completion.chunk","choices":[{"delta":{},"finish_reason":"stop"}],)" +
         R"("usage":)" + usage + "}";
}

std::string chat_usage(int prompt, int completion) {
  return R"({"prompt_tokens":)" + std::to_string(prompt) + R"(,"completion_tokens":)" +
         std::to_string(completion) + R"(,"total_tokens":)" + std::to_string(prompt + completion) +
         "}";
}

std::string message_start(const std::string& id, int input) {
  return R"({"type":"message_start","message":{"id":")" + id +
         R"(","type":"message","role":"assistant","content":[],"usage":{"input_tokens":)" +
         std::to_string(input) + R"(,"output_tokens":1}}})";
}

std::string message_delta(int output) {
  return R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":)" +
         std::to_string(output) + "}}";
}

const std::string kMessageStop = R"({"type":"message_stop"})";

/// Two calls of Anthropic, event for event.
std::vector<std::string> two_messages() {
  return {message_start("msg_1", 10), message_delta(5), kMessageStop,
          message_start("msg_2", 20), message_delta(7), kMessageStop};
}

}  // namespace

TEST_CASE("each response of a stream counts, not the last alone") {
  const auto completed = [](const std::string& id, int input) {
    return event(
        R"({"type":"response.completed","response":{"id":")" + id +
        R"(","object":"response","usage":{"input_tokens":)" + std::to_string(input) +
        R"(,"input_tokens_details":{"cached_tokens":0},"output_tokens":1,"total_tokens":)" +
        std::to_string(input + 1) + "}}}");
  };
  const auto reading = read(completed("resp_1", 10) + completed("resp_2", 20));
  CHECK(reading.records.size() == 2);
  CHECK(sum(reading, Counter::input) == 30);
  CHECK(reading.findings.empty());
}

TEST_CASE("streams of Anthropic that follow each other are a call each") {
  std::string stream;
  for (const std::string& json : two_messages()) stream += event(json);
  const auto reading = read(stream);
  CHECK(reading.records.size() == 2);
  CHECK(sum(reading, Counter::output) == 12);
}

TEST_CASE("events of Anthropic wrapped into the rows of a log are put together") {
  for (const std::string name : {"event", "data", "payload"}) {
    CAPTURE(name);
    std::string rows;
    for (const std::string& json : two_messages())
      rows += R"({"ts":"2026-09-01T00:00:00Z",")" + name + "\":" + json + "}\n";
    const auto reading = read(rows, "log.jsonl");
    CHECK(reading.records.size() == 2);
    CHECK(sum(reading, Counter::input) == 30);
    CHECK(sum(reading, Counter::output) == 12);
  }
}

TEST_CASE("each list in a list of events is a call") {
  const auto reading = read("[[" + message_start("msg_1", 10) + "," + message_delta(5) + "],[" +
                            message_start("msg_2", 20) + "," + message_delta(7) + "]]");
  CHECK(reading.records.size() == 2);
  CHECK(sum(reading, Counter::output) == 12);
}

TEST_CASE("a stream whose ids change before any usage is one call") {
  const auto reading = read(
      event(
          R"({"id":"router","object":"chat.completion.chunk","choices":[{"delta":{"role":"assistant"}}]})") +
      event(chat_chunk("provider", chat_usage(10, 5))) + event("[DONE]"));
  CHECK(reading.records.size() == 1);
  CHECK(reading.findings.empty());
}

TEST_CASE("an end mark ends a call, also where no event has an id") {
  const std::string chunk =
      R"({"object":"chat.completion.chunk","choices":[],"usage":)" + chat_usage(10, 5) + "}";
  const std::string stream = event(chunk) + "data: [DONE]\n\n";
  CHECK(read(stream + stream).records.size() == 2);
}

TEST_CASE("answers of Gemini without ids are told apart by their prompt") {
  const auto chunk = [](int prompt, int output) {
    return R"({"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":)" +
           std::to_string(prompt) + R"(,"candidatesTokenCount":)" + std::to_string(output) +
           R"(,"totalTokenCount":)" + std::to_string(prompt + output) + "}}";
  };
  const auto reading = read("[" + chunk(10, 1) + "," + chunk(10, 3) + "," + chunk(25, 4) + "]");
  CHECK(reading.records.size() == 2);
  CHECK(sum(reading, Counter::output) == 7);
}

TEST_CASE("a column that a stream has too makes no stream of a log") {
  const std::string usage = chat_usage(10, 5);
  for (const std::string& row : {R"({"event_type":"llm_call","usage":)" + usage + "}",
                                 R"({"done":false,"usage":)" + usage + "}",
                                 R"({"text":"x","metadata":{"usage":)" + usage + "}}",
                                 R"({"usage":)" + usage + R"(,"metrics":{"latencyMs":5}})",
                                 R"({"type":"content-generation","usage":)" + usage + "}"}) {
    CAPTURE(row);
    CHECK(read(row + "\n" + row + "\n" + row + "\n", "log.jsonl").records.size() == 3);
  }
}

TEST_CASE("a list called chunks or events holds calls unless its items are pieces of a stream") {
  for (const std::string name : {"chunks", "events"}) {
    CAPTURE(name);
    const std::string row = R"({"file":"a","usage":)" + chat_usage(10, 5) + "}";
    const auto reading = read("{\"run\":\"r\",\"" + name + "\":[" + row + "," + row + "]}");
    CHECK(reading.records.size() == 2);
    CHECK(reading.findings.empty());
  }
}

TEST_CASE("what Amazon measures of an answer of Anthropic does not replace what it reports") {
  const auto reading = read(
      event(message_start("msg_1", 10)) + event(message_delta(15)) +
      event(R"({"type":"message_stop","amazon-bedrock-invocationMetrics":{"inputTokenCount":10,)"
            R"("outputTokenCount":12}})"));
  CHECK(sum(reading, Counter::output) == 15);
  CHECK(reading.findings.empty());
}

TEST_CASE("a stream that was indented when it was copied is read") {
  CHECK(read("  : comment\n\n  data: " + chat_chunk("a", chat_usage(10, 5)) + "\n\n")
            .records.size() == 1);
}

TEST_CASE("what a provider counts before or beside calls is no call") {
  for (
      const std::string answer :
      {R"({"totalTokens":8,"promptTokensDetails":[{"modality":"TEXT","tokenCount":8}]})",
       R"({"input_tokens":14})", R"({"object":"response.input_tokens","input_tokens":14})",
       R"({"cachedContents":[{"name":"cachedContents/a","usageMetadata":{"totalTokenCount":9}}]})",
       R"({"id":"b","object":"batch","status":"in_progress","request_counts":{"total":2,"completed":0},)"
       R"("usage":{"input_tokens":0,"output_tokens":0,"total_tokens":0}})"}) {
    CAPTURE(answer);
    const auto reading = read(answer);
    CHECK(reading.records.empty());
    CHECK(reading.problems.empty());
  }
}

TEST_CASE("a batch of OpenAI counts as many calls as it completed") {
  const auto reading = read(
      R"({"id":"b","object":"batch","status":"completed","request_counts":{"total":2,"completed":2},)"
      R"("usage":{"input_tokens":40,"output_tokens":12,"total_tokens":52}})");
  REQUIRE(reading.records.size() == 1);
  CHECK(reading.records.front().sums.calls == Count(2));
}

TEST_CASE("an answer that counts tokens in words that no dialect knows is rejected") {
  CHECK(read(R"({"object":"response","output":[],"spent":{"tokens_read":12}})").problems.size() ==
        1);
}

TEST_CASE("white space behind the end mark of a stream is no event") {
  const auto reading = read_as_file(
      "data: {\"object\":\"chat.completion.chunk\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,"
      "\"completion_tokens\":1,\"total_tokens\":4}}\n\ndata: [DONE] \n\n",
      "capture.sse");
  CHECK(reading.records.size() == 1);
  CHECK(reading.problems.empty());
}
