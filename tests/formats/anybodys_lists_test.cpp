// Lists that providers and anybody else call by the same name.
#include <string>

#include "formats/counted_of.hpp"

namespace usagectl {
namespace {

FormatReading read(std::string text, std::string_view name = "runs.jsonl") {
  return read_as_file(std::move(text), name);
}

const std::string kUsage = R"("usage":{"prompt_tokens":100,"completion_tokens":12})";

}  // namespace

TEST_CASE("candidates with a usage each are a call each, and no answer of Gemini") {
  const std::string text = R"({"candidates":[{"text":"a",)" + kUsage + R"(},{"text":"b",)" +
                           kUsage + "}]}\n" + R"({"candidates":[{"text":"c",)" + kUsage + "}]}\n";
  CHECK(sum(read(R"({"candidates":[{"name":"a",)" + kUsage + R"(},{"name":"b",)" + kUsage + "}]}",
                 "runs.json"),
            Counter::input) == 200);
  CHECK(read(text).ignored_by.count("response without usage") == 0);
}

TEST_CASE("usage beside a list of candidates is found") {
  const auto reading = read(R"({"candidates":["a"],"evaluation":{)" + kUsage + "}}\n" +
                            R"({"candidates":["b"],"evaluation":{)" + kUsage + "}}\n");
  CHECK(sum(reading, Counter::output) == 24);
}

TEST_CASE("candidates that a program scored do not make its call one that breaks off") {
  const auto reading = read(R"({"candidates":[{"name":"a","score":1}],)" + kUsage + "}\n");
  CHECK(counted(reading).size() == 1);
  CHECK(reading.findings.empty());
}

TEST_CASE("pieces of Gemini are known by what is in their candidates") {
  const auto reading =
      read(R"([{"candidates":[{"content":{"parts":[{"text":"a"}],"role":"model"}}]},)"
           R"({"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":10,)"
           R"("candidatesTokenCount":3,"totalTokenCount":13},"modelVersion":"gemini-2.5"}])",
           "stream.json");
  CHECK(counted(reading).size() == 1);
  CHECK(sum(reading, Counter::total) == 13);
  CHECK(reading.findings.empty());
}

TEST_CASE("an output beside metrics of somebody's own is no answer of Bedrock") {
  const auto reading =
      read(R"({"output":{"judge":{)" + kUsage + R"(}},"metrics":{"accuracy":1}})", "run.json");
  CHECK(sum(reading, Counter::input) == 100);
}

}  // namespace usagectl
