#include "formats/providers/provider_capture.hpp"

#include <doctest/doctest.h>

#include <string>

#include "capture/read_file.hpp"
#include "formats/judgement_of.hpp"
#include "formats/reading_of.hpp"

using namespace usagectl;

namespace {

FormatReading read(std::string text) { return read_as_file(std::move(text), "capture"); }

Count count(const FormatReading& reading, Counter counter) {
  REQUIRE(reading.records.size() == 1);
  return reading.records.front().counts[counter].value_or(-1);
}

}  // namespace

TEST_CASE("a message_delta replaces the counts of message_start key by key") {
  const auto reading = read(
      "event: message_start\n"
      "data: "
      "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"model\":"
      "\"claude\","
      "\"usage\":{\"input_tokens\":17,\"cache_read_input_tokens\":5,\"cache_creation_input_"
      "tokens\":0,\"output_tokens\":1}}}\n\n"
      "event: message_delta\n"
      "data: {\"type\":\"message_delta\",\"delta\":{},\"usage\":{\"output_tokens\":92}}\n\n");
  CHECK(count(reading, Counter::input) == 22);
  CHECK(count(reading, Counter::output) == 92);
  CHECK(reading.duplicates == 1);
}

TEST_CASE("rows of a list called results are calls, unless they are those of one provider") {
  const auto rows =
      read(R"({"results":[{"label":"a","model":"m","input_tokens":100,"output_tokens":10},)"
           R"({"label":"b","model":"m","input_tokens":200,"output_tokens":20}]})");
  CHECK(rows.records.size() == 2);
  const auto watsonx =
      read(R"({"model_id":"m","results":[{"generated_text":"x","generated_token_count":7,)"
           R"("input_token_count":11,"stop_reason":"eos_token"}]})");
  CHECK(count(watsonx, Counter::input) == 11);
}

TEST_CASE("of a Gemini stream the last chunk with a prompt count holds, even where it is lower") {
  const auto reading = read(
      "data: "
      "{\"candidates\":[],\"usageMetadata\":{\"promptTokenCount\":169,\"totalTokenCount\":169}}"
      "\r\n\r\n"
      "data: "
      "{\"candidates\":[],\"usageMetadata\":{\"promptTokenCount\":79,\"candidatesTokenCount\":12,"
      "\"totalTokenCount\":91}}\r\n\r\n"
      "data: {\"candidates\":[],\"usageMetadata\":{\"trafficType\":\"ON_DEMAND\"}}\r\n\r\n");
  CHECK(count(reading, Counter::input) == 79);
  CHECK(count(reading, Counter::output) == 12);
}

TEST_CASE("a last chunk that carries its usage twice gives one record and one copy") {
  const std::string usage =
      "{\"queue_time\":0.1,\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}";
  const auto reading =
      read("data: {\"object\":\"chat.completion.chunk\",\"choices\":[],\"usage\":" + usage +
           ",\"x_groq\":{\"usage\":" + usage + "}}\n\ndata: [DONE]\n\n");
  CHECK(count(reading, Counter::total) == 15);
  CHECK(reading.duplicates == 1);
  CHECK(reading.findings.empty());
}

TEST_CASE("copies that disagree are a finding") {
  const auto reading = read(
      "data: {\"object\":\"chat.completion.chunk\",\"choices\":[],"
      "\"usage\":{\"queue_time\":0.1,\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":"
      "15},"
      "\"x_groq\":{\"usage\":{\"queue_time\":0.1,\"prompt_tokens\":10,\"completion_tokens\":6,"
      "\"total_tokens\":16}}}\n\n");
  REQUIRE(reading.findings.size() == 2);
  CHECK(reading.findings.front().cause == "copies-disagree");
  CHECK(reading.findings.front().asserted == Count(6));
  CHECK(reading.findings.front().calculated == Count(5));
}

TEST_CASE("lines of whole responses give one record each") {
  const auto line = [](const std::string& id, int prompt) {
    return "{\"id\":\"" + id +
           "\",\"object\":\"chat.completion\",\"choices\":[{\"message\":{}}],\"usage\":{\"prompt_"
           "tokens\":" +
           std::to_string(prompt) +
           ",\"completion_tokens\":1,\"total_tokens\":" + std::to_string(prompt + 1) + "}}\n";
  };
  const auto reading = read(line("a", 3) + line("b", 4));
  REQUIRE(reading.records.size() == 2);
  CHECK(reading.records[1].counts[Counter::input] == Count(4));
  CHECK(reading.records[1].place.line == 2);
}

TEST_CASE("lines that tell one response again say so by its id") {
  const std::string line =
      "{\"id\":\"a\",\"object\":\"chat.completion\",\"choices\":[{\"message\":{}}],\"usage\":{"
      "\"prompt_tokens\":3,\"completion_tokens\":1,"
      "\"total_tokens\":4}}\n";
  const auto reading = read(line + line);
  REQUIRE(reading.records.size() == 2);
  CHECK(reading.records[0].same_id == SameId::copy);
  CHECK(reading.records[1].id == "a");
}

TEST_CASE("a line that is cut costs one line") {
  const auto reading = read(
      "{\"object\":\"chat.completion.chunk\",\"choices\":[{\"delta\":{}}]}\n{\"object\":\n"
      "{\"object\":\"chat.completion.chunk\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,"
      "\"completion_tokens\":1,\"total_tokens\":4}}\n");
  CHECK(reading.records.size() == 1);
  CHECK(reading.problems.size() == 1);
}

TEST_CASE("a stream that was cut before its usage is told, and counts nothing") {
  const auto reading = read(
      "data: "
      "{\"object\":\"chat.completion.chunk\",\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n");
  CHECK(reading.records.empty());
  REQUIRE(reading.findings.size() == 1);
  CHECK(reading.findings.front().rule == Rule::coverage);
}

TEST_CASE("a recording of request and response is read for its response") {
  const auto reading = read(
      "{\"request\":{\"usage\":{}},\"response\":{\"status\":200,\"body\":\"data: "
      "{\\\"object\\\":\\\"chat.completion.chunk\\\","
      "\\\"choices\\\":[],\\\"usage\\\":{\\\"prompt_tokens\\\":3,\\\"completion_tokens\\\":1,"
      "\\\"total_tokens\\\":4}}\\n\\n\"}}");
  CHECK(count(reading, Counter::total) == 4);
  CHECK(reading.records.front().place.pointer == "/response/body/usage");
}

TEST_CASE("the entries of a HAR file are calls") {
  const std::string entry =
      "{\"request\":{},\"response\":{\"status\":200,\"content\":{\"text\":\"{\\\"object\\\":"
      "\\\"chat.completion\\\",\\\"choices\\\":[{}],"
      "\\\"usage\\\":{\\\"prompt_tokens\\\":3,\\\"completion_tokens\\\":1,\\\"total_tokens\\\":4}}"
      "\"}}}";
  CHECK(read("{\"log\":{\"entries\":[" + entry + "," + entry + "]}}").records.size() == 2);
}

TEST_CASE("usage stands before metadata.usage, and the record says where it was") {
  const auto reading = read(
      "{\"metadata\":{\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1,\"total_tokens\":4}},"
      "\"output\":[]}");
  REQUIRE(reading.records.size() == 1);
  CHECK(reading.records.front().place.pointer == "/metadata/usage");
}

TEST_CASE("counts in an unknown vocabulary are rejected, and what is no token count is not") {
  CHECK(read("{\"object\":\"chat.completion\",\"choices\":[{}],\"usage\":{\"prompt_tokens\":3}}")
            .problems.size() == 1);
  CHECK(read("{\"object\":\"chat.completion\",\"choices\":[],\"usage\":{\"contentPolicyUnits\":3}}")
            .problems.empty());
}

TEST_CASE("a total that is not the sum of the list beside it is refuted, and not counted with it") {
  const std::string usage = "{\"prompt_tokens\":3,\"completion_tokens\":1,\"total_tokens\":4}";
  const std::string text = "{\"summary\":" + usage + ",\"steps\":[" + usage + "," + usage + "]}";
  const auto reading = read(text);
  REQUIRE(reading.records.size() == 3);
  for (const UsageRecord& record : reading.records) {
    CHECK((record.view.rank != 0) == (record.place.pointer == "/summary"));
  }
  CHECK(judgement_of(text, "capture").findings.size() == 3);
}

namespace {

const std::string kMessageStart =
    R"(data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","content":[],"model":"claude",)"
    R"("usage":{"input_tokens":10,"output_tokens":1}}})"
    "\n\n";

std::string message_delta(int output) {
  return R"(data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":)" +
         std::to_string(output) + "}}\n\n";
}

/// A chunk that carries the usage so far, as continuous usage does.
std::string chunk(int output, const std::string& finish_reason) {
  return R"(data: {"id":"c1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{},"finish_reason":)" +
         finish_reason + R"(}],"usage":{"prompt_tokens":10,"completion_tokens":)" +
         std::to_string(output) + R"(,"total_tokens":)" + std::to_string(output + 10) + "}}\n\n";
}

std::string gemini_chunk(int output, const std::string& finish_reason) {
  return R"(data: {"responseId":"a","candidates":[{"content":{})" + finish_reason +
         R"(}],"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":)" +
         std::to_string(output) + R"(,"totalTokenCount":)" + std::to_string(output + 10) + "}}\n\n";
}

const Finding& only_finding(const FormatReading& reading) {
  REQUIRE(reading.findings.size() == 1);
  return reading.findings.front();
}

}  // namespace

TEST_CASE(
    "an old message_delta without its message_start tells its output, and the input is not known") {
  const auto reading = read(message_delta(15));
  CHECK(count(reading, Counter::output) == 15);
  CHECK_FALSE(reading.records.front().counts.has(Counter::input));
  CHECK(reading.records.front().dialect == "anthropic.messages");
  CHECK(only_finding(reading).rule == Rule::coverage);
  CHECK(reading.problems.empty());
}

TEST_CASE("an output that falls from one message_delta to the next is refuted") {
  CHECK(read(kMessageStart + message_delta(9) + message_delta(15)).findings.empty());
  const auto reading = read(kMessageStart + message_delta(15) + message_delta(9));
  CHECK(count(reading, Counter::output) == 9);
  CHECK(only_finding(reading).rule == Rule::continuity);
  CHECK(only_finding(reading).calculated == Count(15));
}

TEST_CASE("continuous usage grows; where it falls the reports may be no running totals") {
  CHECK(read(chunk(1, "null") + chunk(2, "null") + chunk(3, "\"stop\"")).findings.empty());
  const auto reading = read(chunk(9, "null") + chunk(2, "\"stop\""));
  CHECK(only_finding(reading).rule == Rule::continuity);
  CHECK(only_finding(reading).severity == Severity::warning);
}

TEST_CASE("a stream with usage on every chunk that breaks off before its end is told") {
  for (const auto& text :
       {chunk(1, "null") + chunk(2, "null"), gemini_chunk(1, "") + gemini_chunk(2, "")}) {
    CAPTURE(text);
    const auto reading = read(text);
    CHECK(count(reading, Counter::output) == 2);
    CHECK(only_finding(reading).rule == Rule::coverage);
    CHECK(only_finding(reading).cause == "stream-cut");
  }
  CHECK(read(gemini_chunk(1, "") + gemini_chunk(2, R"(,"finishReason":"STOP")")).findings.empty());
  // A chunk behind the one that ends the answer may say again that nothing ends.
  CHECK(read(chunk(1, "\"stop\"") + chunk(2, "null")).findings.empty());
}

TEST_CASE("usage on the choice of the last chunk and behind it is one usage, told twice") {
  const auto stream = [](int trailing) {
    const std::string usage = R"("usage":{"prompt_tokens":10,"completion_tokens":)";
    return R"(data: {"id":"c1","object":"chat.completion.chunk","model":"kimi-k2","choices":[{"delta":{},"finish_reason":"stop",)" +
           usage +
           R"(5,"total_tokens":15,"cached_tokens":3}}]})"
           "\n\n" +
           R"(data: {"id":"c1","object":"chat.completion.chunk","model":"kimi-k2","choices":[],)" +
           usage + std::to_string(trailing) + R"(,"total_tokens":)" +
           std::to_string(trailing + 10) +
           R"(,"cached_tokens":3}})"
           "\n\n";
  };
  CHECK(read(stream(5)).findings.empty());
  const auto reading = read(stream(6));
  CHECK(count(reading, Counter::output) == 6);
  REQUIRE(reading.findings.size() == 2);
  CHECK(reading.findings.front().rule == Rule::identity);
  CHECK(reading.findings.front().cause == "copies-disagree");
  CHECK(reading.findings.front().asserted == Count(5));
}

TEST_CASE("two whole answers of one id agree, unless each tells the state so far") {
  const auto line = [](int output) {
    return R"({"id":"c1","object":"chat.completion","choices":[{"message":{}}],"usage":{"prompt_tokens":10,"completion_tokens":)" +
           std::to_string(output) + R"(,"total_tokens":)" + std::to_string(output + 10) + "}}";
  };
  const auto twice = read("[" + line(9) + "," + line(12) + "]");
  CHECK(count(twice, Counter::output) == 12);
  REQUIRE(twice.findings.size() == 2);
  CHECK(twice.findings.front().rule == Rule::identity);
  CHECK(twice.findings.front().counter == "output");
  const auto block = [](int output, const std::string& reason) {
    return R"(data:{"output":{"text":"","finish_reason":")" + reason +
           R"("},"usage":{"input_tokens":10,"output_tokens":)" + std::to_string(output) +
           R"(,"total_tokens":)" + std::to_string(output + 10) +
           R"(},"request_id":"r-1"})"
           "\n\n";
  };
  const auto reading = read(block(1, "null") + block(2, "stop"));
  CHECK(count(reading, Counter::output) == 2);
  CHECK(reading.records.front().dialect == "dashscope.native");
  CHECK(reading.findings.empty());
  CHECK(only_finding(read(block(1, "null") + block(2, "null"))).cause == "stream-cut");
}

TEST_CASE("the iterations of a call add up to its usage, but for those that are billed beside it") {
  const auto response = [](int output) {
    return R"({"id":"msg_2","type":"message","role":"assistant","content":[],"model":"claude","usage":{"input_tokens":10,"output_tokens":)" +
           std::to_string(output) +
           R"(,"cache_read_input_tokens":0,"iterations":[{"type":"message","input_tokens":4,"output_tokens":2},)"
           R"({"type":"compaction","input_tokens":400,"output_tokens":2},{"type":"message","input_tokens":6,"output_tokens":3}]}})";
  };
  const auto errors = [](const FormatReading& reading) {
    std::vector<Finding> found = reading.findings;
    std::erase_if(found, [](const Finding& one) { return one.severity != Severity::error; });
    return found;
  };
  CHECK(errors(read(response(5))).empty());
  REQUIRE(errors(read(response(7))).size() == 1);
  CHECK(errors(read(response(7))).front().rule == Rule::sum);
  CHECK(errors(read(response(7))).front().calculated == Count(5));
}

TEST_CASE("a call that an answer lists and leaves out of its usage is said") {
  for (const std::string type : {"compaction", "advisor_message"}) {
    const auto reading = read(
        R"({"id":"msg_2","type":"message","role":"assistant","content":[],"model":"claude",)"
        R"("usage":{"input_tokens":6,"output_tokens":3,"cache_read_input_tokens":0,"iterations":[)"
        R"({"type":")" +
        type +
        R"(","input_tokens":400,"output_tokens":2},)"
        R"({"type":"message","input_tokens":6,"output_tokens":3}]}})");
    CHECK(count(reading, Counter::input) == 6);
    CHECK(only_finding(reading).severity == Severity::warning);
    CHECK(only_finding(reading).explanation.find("input 400, output 2") != std::string::npos);
  }
}

TEST_CASE("a call that failed without usage is told") {
  CHECK(only_finding(read(R"({"error":{"message":"","type":"rate_limit"}})")).rule ==
        Rule::coverage);
  const auto reading = read(
      R"(data: {"type":"response.failed","response":{"id":"r","object":"response","status":"failed","usage":null}})"
      "\n\n");
  CHECK(only_finding(reading).cause == "failed-call");
}

TEST_CASE("a body that a recorder wrote in base64 is read") {
  // {"object":"chat.completion","choices":[{}],"usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}
  const std::string body =
      "eyJvYmplY3QiOiJjaGF0LmNvbXBsZXRpb24iLCJjaG9pY2VzIjpbe31dLCJ1c2FnZSI6eyJwcm9tcHRfdG9rZW5zIjoz"
      "LCJjb21wbGV0aW9uX3Rva2Vu"
      "cyI6MSwidG90YWxfdG9rZW5zIjo0fX0=";
  const auto reading = read(
      R"({"log":{"entries":[{"request":{},"response":{"status":200,"content":{"encoding":"base64","text":")" +
      body + R"("}}}]}})");
  CHECK(count(reading, Counter::total) == 4);
  CHECK(reading.records.front().place.pointer == "/log/entries/0/response/content/text/usage");
}

TEST_CASE(
    "the provider is told where the dialect is that of one alone, the id tells, or the capture "
    "says it") {
  const auto provider = [](const std::string& text) {
    const auto reading = read(text);
    REQUIRE(reading.records.size() == 1);
    const std::string* const name = scope_value(reading.records.front(), "provider");
    return name == nullptr ? std::string("-") : *name;
  };
  const auto message = [](const std::string& id) {
    return R"({"id":")" + id +
           R"(","type":"message","role":"assistant","content":[],"model":"claude","usage":{"input_tokens":3,"output_tokens":4}})";
  };
  CHECK(provider(message("msg_01abc")) == "anthropic");
  CHECK(provider(message("msg_bdrk_01abc")) == "bedrock");
  CHECK(provider(message("062f")) == "-");
  const std::string usage = R"("usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4)";
  CHECK(provider(R"({"object":"chat.completion","choices":[{}],)" + usage + "}}") == "-");
  CHECK(provider(R"({"object":"chat.completion","provider":"Meta","choices":[{}],)" + usage +
                 R"(,"cost":0.1,"is_byok":false}})") == "openrouter");
  CHECK(
      provider(
          R"({"message":{"role":"assistant","provider":"google","usage":{"input":3,"output":4,"cacheRead":0,"cacheWrite":0,"totalTokens":7}}})") ==
      "google");
}

TEST_CASE("lines of Gemini answers without ids are told apart by their numbers") {
  const auto line = [](int prompt, int output) {
    return R"({"candidates":[{"content":{},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":)" +
           std::to_string(prompt) + R"(,"candidatesTokenCount":)" + std::to_string(output) +
           R"(,"totalTokenCount":)" + std::to_string(prompt + output) + "}}\n";
  };
  CHECK(read(line(10, 5) + line(20, 5)).records.size() == 2);
  CHECK(read(line(10, 5) + line(10, 2)).records.size() == 2);
  // Old streams said of every chunk that it ends.
  CHECK(read(line(10, 2) + line(10, 5)).records.size() == 1);
}

TEST_CASE("a stream of Bedrock that is cut and a batch request that failed are told") {
  const auto cut = read(R"({"messageStart":{"role":"assistant"}})"
                        "\n"
                        R"({"contentBlockDelta":{"delta":{"text":""}}})"
                        "\n");
  CHECK(only_finding(cut).cause == "no-usage");
  const auto batch =
      read(R"({"custom_id":"a","result":{"type":"errored","error":{"type":"invalid_request"}}})");
  CHECK(only_finding(batch).cause == "failed-call");
}

TEST_CASE("a line of a log that names its session is grouped by it") {
  for (const char* const name : {"session", "session_id", "sessionId"}) {
    CAPTURE(name);
    const auto reading = read(std::string(R"({"id":"c1","model":"m",")") + name +
                              R"(":"s-7","usage":{"prompt_tokens":3,"completion_tokens":4,)"
                              R"("total_tokens":7}})"
                              "\n");
    REQUIRE(reading.records.size() == 1);
    const std::string* const session = scope_value(reading.records.front(), "session");
    REQUIRE(session != nullptr);
    CHECK(*session == "s-7");
  }
}

TEST_CASE("a count of the prompt that a recorder wrapped is no call") {
  const auto reading = read_as_file(
      R"({"method":"generate","response":{"usageMetadata":{"promptTokenCount":20,"candidatesTokenCount":10,"totalTokenCount":30}}})"
      "\n"
      R"({"method":"countTokens","response":{"totalTokens":100}})"
      "\n",
      "answers.jsonl");
  REQUIRE(reading.records.size() == 1);
  CHECK(reading.records.front().counts[Counter::total] == Count(30));
}

TEST_CASE("a message_stop that repeats the usage of its message adds nothing to it") {
  const auto reading = read_as_file(
      R"({"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant",)"
      R"("model":"claude","content":[],"usage":{"input_tokens":100,"output_tokens":1}}})"
      "\n"
      R"({"type":"message_delta","delta":{},"usage":{"output_tokens":12}})"
      "\n"
      R"({"type":"message_stop","usage":{"input_tokens":100,"output_tokens":12}})"
      "\n",
      "capture.jsonl");
  CHECK(count(reading, Counter::input) == 100);
  CHECK(count(reading, Counter::output) == 12);
}

TEST_CASE("a zero in a message_delta says nothing of the prompt") {
  const auto reading = read_as_file(
      R"({"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant",)"
      R"("model":"claude","content":[],"usage":{"input_tokens":100,"output_tokens":1}}})"
      "\n"
      R"({"type":"message_delta","delta":{},"usage":{"input_tokens":0,"output_tokens":12}})"
      "\n",
      "capture.jsonl");
  CHECK(count(reading, Counter::input) == 100);
}

TEST_CASE("a response that is done behind its completion is the same response") {
  const std::string response =
      R"("response":{"id":"resp_1","object":"response","status":"completed","model":"gpt-9",)"
      R"("usage":{"input_tokens":100,"output_tokens":12,"total_tokens":112}}})";
  const auto reading = read_as_file(R"({"type":"response.completed",)" + response + "\n" +
                                        R"({"type":"response.done",)" + response + "\n",
                                    "capture.jsonl");
  CHECK(count(reading, Counter::input) == 100);
}

TEST_CASE("an answer of Cohere in a list counts once, by what it used") {
  const auto reading = read_as_file(
      R"([{"id":"a","finish_reason":"COMPLETE","message":{"role":"assistant","content":[]},)"
      R"("usage":{"billed_units":{"input_tokens":99,"output_tokens":20},)"
      R"("tokens":{"input_tokens":100,"output_tokens":20}}}])",
      "a.json");
  CHECK(count(reading, Counter::input) == 100);
}
