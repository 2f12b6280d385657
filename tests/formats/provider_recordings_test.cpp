// What recorders wrap around the answers of providers.
#include <doctest/doctest.h>

#include <string>

#include "formats/counted_of.hpp"

using namespace usagectl;

namespace {

const std::string kAnswer =
    R"({"object":"chat.completion","choices":[{}],"usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}})";

/// As it stands in a JSON text.
std::string quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted.push_back('\\');
    quoted.push_back(c);
  }
  return quoted + "\"";
}

std::string hex(const std::string& text) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string digits;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    digits.push_back(kDigits[byte / 16]);
    digits.push_back(kDigits[byte % 16]);
  }
  return digits;
}

std::string big_endian(std::size_t number) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8)
    bytes.push_back(static_cast<char>((number >> static_cast<unsigned>(shift)) & 0xFFU));
  return bytes;
}

std::string aws_event(const std::string& payload) {
  const std::string headers = "\x0d:message-type\x07" + std::string(1, '\0') + "\x05" + "event";
  const std::size_t size = 16 + headers.size() + payload.size();
  return big_endian(size) + big_endian(headers.size()) + "CRC1" + headers + payload + "CRC2";
}

void check_one_answer(std::string text, std::string_view name = "capture") {
  CAPTURE(text);
  const auto reading = read_as_file(std::move(text), name);
  REQUIRE(reading.records.size() == 1);
  CHECK(reading.records.front().counts[Counter::total] == Count(4));
  CHECK(reading.problems.empty());
}

}  // namespace

TEST_CASE("the tapes of Ruby's VCR and Betamax are read") {
  check_one_answer(R"({"http_interactions":[{"request":{},"response":{"body":{"encoding":"UTF-8",)"
                   R"("string":)" +
                   quoted(kAnswer) + "}}}]}");
}

TEST_CASE("a tape of EasyVCR is read") {
  check_one_answer(R"([{"Request":{},"Response":{"Status":{"Code":200},"Body":)" + quoted(kAnswer) +
                   "}}]");
}

TEST_CASE("the pairs of Hoverfly and the mappings of WireMock are read") {
  const std::string exchange =
      R"([{"request":{},"response":{"status":200,"body":)" + quoted(kAnswer) + "}}]";
  check_one_answer(R"({"data":{"pairs":)" + exchange + "}}");
  check_one_answer(R"({"mappings":)" + exchange + "}");
}

TEST_CASE("the examples of a Postman collection are read, in folders as well") {
  const std::string item =
      R"({"name":"a","request":{},"response":[{"name":"ok","code":200,"body":)" + quoted(kAnswer) +
      "}]}";
  check_one_answer(R"({"info":{},"item":[)" + item + "]}");
  check_one_answer(R"({"info":{},"item":[{"name":"folder","item":[)" + item + "]}]}");
}

TEST_CASE("a body of nock in hexadecimal digits is read") {
  check_one_answer(R"([{"scope":"https://a","path":"/","status":200,"response":[")" + hex(kAnswer) +
                   "\"]}]");
}

TEST_CASE("the body in the log of a proxy is read") {
  check_one_answer(R"({"url":"https://a","status":200,"request_body":"{}","response_body":)" +
                       quoted(kAnswer) + "}\n",
                   "log.jsonl");
}

TEST_CASE("an answer kept as a text is read, and what a message quotes is not") {
  check_one_answer(R"({"calls":[{"response_text":)" + quoted(kAnswer) + "}]}");
  CHECK(read_as_file(R"({"messages":[{"content":)" + quoted(kAnswer) + "}]}", "capture")
            .records.empty());
}

TEST_CASE("answers inside a batch of Gemini or Mistral are calls") {
  check_one_answer(R"({"id":"b","object":"batch","outputs":[{"custom_id":"0","response":{)"
                   R"("status_code":200,"body":)" +
                   kAnswer + "}}]}");
  check_one_answer(
      R"({"name":"batches/a","metadata":{"output":{"inlinedResponses":{"inlinedResponses":[)"
      R"({"response":{"candidates":[{}],"usageMetadata":{"promptTokenCount":3,)"
      R"("candidatesTokenCount":1,"totalTokenCount":4}}}]}}}})");
}

TEST_CASE("a stream of AWS events is read") {
  check_one_answer(aws_event(R"({"contentBlockIndex":0,"delta":{"text":"x"}})") +
                   aws_event(R"({"metrics":{"latencyMs":5},"usage":{"inputTokens":3,)"
                             R"("outputTokens":1,"totalTokens":4}})"));
}

TEST_CASE("a stream of AWS events that was cut says so") {
  std::string stream = aws_event(R"({"contentBlockIndex":0,"delta":{"text":"x"}})");
  stream += stream.substr(0, 20);
  CHECK(read_as_file(stream, "capture").problems.size() == 1);
}

TEST_CASE("the output of curl -i is read, its chunks put together") {
  check_one_answer("HTTP/2 200 \ncontent-type: application/json\n\n" + kAnswer);
  check_one_answer(
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
      "\r\na\r\n" +
      kAnswer.substr(0, 10) + "\r\n" +
      [] {
        char size[8];
        std::snprintf(size, sizeof size, "%zx", kAnswer.size() - 10);
        return std::string(size);
      }() +
      "\r\n" + kAnswer.substr(10) + "\r\n0\r\n\r\n");
}

TEST_CASE("the output of curl -i that was cut says so, wherever it was") {
  const std::string head = "HTTP/1.1 200 OK\nContent-Type: application/json\n\n";
  for (const std::string& text :
       {head.substr(0, 20), head + kAnswer.substr(0, 1), head + kAnswer.substr(0, 10),
        head + kAnswer.substr(0, kAnswer.size() - 1),
        std::string("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\n{}\n")}) {
    CAPTURE(text);
    CHECK(read_as_file(text, "capture").problems.size() == 1);
  }
  CHECK(read_as_file(head + "{now this is a page}", "capture").problems.empty());
}

TEST_CASE("a trace of httprr whose line ends were changed is read") {
  const std::string request = "POST / HTTP/1.1\nHost: a\n\n{}";
  const std::string response = "HTTP/1.1 200 OK\nA: b\n\n" + kAnswer;
  check_one_answer("httprr trace v1\n" + std::to_string(request.size() + 3) + " " +
                   std::to_string(response.size() + 3) + "\n" + request + response);
}

TEST_CASE("a trace of httprr is read") {
  const std::string request = "POST / HTTP/1.1\r\n\r\n{}";
  const std::string response = "HTTP/1.1 200 OK\r\n\r\n" + kAnswer;
  check_one_answer("httprr trace v1\n" + std::to_string(request.size()) + " " +
                   std::to_string(response.size()) + "\n" + request + response);
}

TEST_CASE("the lines of a stream may be a list") {
  std::string event = quoted("data: " + kAnswer);
  event.insert(event.size() - 1, R"(\n\n)");
  const std::string lines = "[" + event + R"(,"data: [DONE]\n\n"])";
  check_one_answer(
      R"({"Entries":[{"RequestUri":"https://api","RequestMethod":"POST","StatusCode":200,"ResponseBody":)" +
      lines + "}]}");
  check_one_answer(R"({"calls":[{"name":"a","ResponseText":)" + lines + "}]}");
}

TEST_CASE("an answer whose own members are called status and text is no HTTP response") {
  const std::string answer =
      R"({"object":"response","status":"completed","text":{"format":{}},"output":[],"usage":{"input_tokens":3,"output_tokens":1,"total_tokens":4}})";
  check_one_answer(R"({"request":{"model":"m"},"response":)" + answer + "}");
  check_one_answer(R"({"url":"https://api","status":200,"response_body":)" + answer + "}");
}

TEST_CASE("a message with content and a status is no HTTP response") {
  check_one_answer(
      R"({"request":{},"response":{"type":"message","role":"assistant","status":"ok","content":[],"usage":{"input_tokens":3,"output_tokens":1}}})");
}

TEST_CASE("an answer of Ollama in a tape is read, which never says token") {
  check_one_answer(
      R"({"interactions":[{"request":{},"response":{"body":{"string":)" +
      quoted(
          R"({"model":"m","response":"Yes.","done":true,"prompt_eval_count":3,"eval_count":1})") +
      "}}}]}");
}

TEST_CASE("the usage of a run and of its steps, each asked for by itself, counts once") {
  const std::string step =
      R"({"id":"step_1","object":"thread.run.step","run_id":"run_1","usage":{"prompt_tokens":2,"completion_tokens":1,"total_tokens":3}})";
  const std::string other =
      R"({"id":"step_2","object":"thread.run.step","run_id":"run_1","usage":{"prompt_tokens":1,"completion_tokens":0,"total_tokens":1}})";
  const std::string run =
      R"({"id":"run_1","object":"thread.run","status":"completed","usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}})";
  const auto exchange = [](const std::string& body) {
    return R"({"request":{},"response":{"status":200,"body":)" + body + "}}";
  };
  const std::string page = R"({"object":"list","data":[)" + step + "," + other + "]}";
  check_one_answer(R"({"interactions":[)" + exchange(run) + "," + exchange(page) + "," +
                   exchange(step) + "]}");
  check_one_answer(R"({"interactions":[)" + exchange(page) + "]}");
}

TEST_CASE("a page of what was said in a call, asked for by itself, is no answer without usage") {
  const auto exchange = [](const std::string& body) {
    return R"({"request":{},"response":{"status":200,"body":)" + body + "}}";
  };
  const auto reading = read_as_file(
      R"({"interactions":[)" + exchange(kAnswer) + "," +
          exchange(
              R"({"object":"list","data":[{"id":"a","type":"message","role":"user","content":[]}]})") +
          "]}",
      "capture");
  CHECK(reading.records.size() == 1);
  CHECK(reading.findings.empty());
}

TEST_CASE("a text that was taken out of an answer does not hide the counts beside it") {
  const std::string call =
      R"({"request":{"prompt":"p"},"response":{"content":"z","tokens_used":{"input":24,"output":156}}})";
  for (const std::string& text : {call, "[" + call + "," + call + "]"}) {
    CAPTURE(text);
    const FormatReading reading = read_as_file(text, "calls.json");
    CHECK(sum(reading, Counter::output) == (text == call ? 156 : 312));
  }
}
