// Streams that frameworks make of what providers send: of steps and messages, of agents.
#include <string>

#include "formats/counted_of.hpp"

namespace usagectl {
namespace {

FormatReading read(std::string text, std::string_view name = "stream.txt") {
  return read_as_file(std::move(text), name);
}

std::string usage(int prompt, int completion) {
  return R"("usage":{"promptTokens":)" + std::to_string(prompt) + R"(,"completionTokens":)" +
         std::to_string(completion) + "}";
}

/// A line of a data stream of AI SDK 4: "e" ends a step, "d" ends a message.
std::string part(const std::string& letter, int prompt, int completion) {
  return letter + R"(:{"finishReason":"stop",)" + usage(prompt, completion) + "}\n";
}

std::string typed(const std::string& type, const std::string& name, int prompt, int completion) {
  return R"({"type":")" + type + R"(","finishReason":"stop",")" + name + R"(":{"inputTokens":)" +
         std::to_string(prompt) + R"(,"outputTokens":)" + std::to_string(completion) +
         R"(,"totalTokens":)" + std::to_string(prompt + completion) + "}}\n";
}

/// An event of an agent of the Agent Development Kit.
std::string event(const std::string& agent, bool is_partial, int prompt, int candidates) {
  const std::string usage_metadata =
      candidates == 0 ? ""
                      : R"("usageMetadata":{"promptTokenCount":)" + std::to_string(prompt) +
                            R"(,"candidatesTokenCount":)" + std::to_string(candidates) +
                            R"(,"totalTokenCount":)" + std::to_string(prompt + candidates) + "},";
  return R"({"content":{"parts":[{"text":"a"}],"role":"model"},"partial":)" +
         std::string(is_partial ? "true" : "false") + "," + usage_metadata +
         R"("invocationId":"e-1","author":")" + agent + "\"}\n";
}

}  // namespace

TEST_CASE("the end of a message of a data stream is the sum of its steps") {
  const auto reading = read("0:\"Hi\"\n" + part("e", 100, 20) + "0:\"x\"\n" + part("e", 150, 7) +
                            part("d", 250, 27) + part("e", 10, 2) + part("d", 10, 2));
  CHECK(counted(reading).size() == 3);
  CHECK(sum(reading, Counter::input) == 260);
  CHECK(reading.findings.empty());
}

TEST_CASE("a data stream without the ends of its steps counts the ends of its messages") {
  const auto reading = read("0:\"Hi\"\n" + part("d", 150, 7) + "0:\"x\"\n" + part("d", 160, 8));
  CHECK(sum(reading, Counter::output) == 15);
}

TEST_CASE("the end of a message that is not the sum of its steps is told and not counted") {
  const auto reading = read("0:\"Hi\"\n" + part("e", 150, 7) + part("d", 151, 7));
  CHECK(sum(reading, Counter::input) == 150);
  CHECK(with_cause(reading, "steps").size() == 1);
}

TEST_CASE("a message of one step counts once in the streams of AI SDK 5 and in the full one of 4") {
  const auto fifth =
      read(typed("finish-step", "usage", 150, 7) + typed("finish", "totalUsage", 150, 7),
           "stream.jsonl");
  CHECK(sum(fifth, Counter::total) == 157);
  const auto fourth = read(typed("step-finish", "usage", 150, 7) + typed("finish", "usage", 150, 7),
                           "stream.jsonl");
  CHECK(sum(fourth, Counter::total) == 157);
}

TEST_CASE("answers that end without steps are a call each") {
  const auto reading =
      read(typed("finish", "usage", 150, 7) + typed("finish", "usage", 160, 7), "stream.jsonl");
  CHECK(counted(reading).size() == 2);
}

TEST_CASE("partial events are states of the answer whose last event is not partial") {
  const auto reading =
      read(event("a", true, 100, 3) + event("a", true, 100, 9) + event("a", false, 100, 9),
           "events.jsonl");
  CHECK(counted(reading).size() == 1);
  CHECK(sum(reading, Counter::output) == 9);
  CHECK(reading.duplicates == 2);
  CHECK(reading.findings.empty());
}

TEST_CASE("agents that answer at the same time have partial events of their own") {
  const auto reading = read(event("a", true, 100, 3) + event("b", true, 50, 2) +
                                event("a", false, 100, 9) + event("b", false, 50, 19),
                            "events.jsonl");
  CHECK(sum(reading, Counter::total) == 178);
}

TEST_CASE("the last partial event counts where the event of all reports no usage") {
  const auto reading =
      read(event("a", true, 100, 3) + event("a", true, 100, 9) + event("a", false, 0, 0) +
               event("a", true, 150, 4) + event("a", false, 150, 20),
           "events.jsonl");
  CHECK(counted(reading).size() == 2);
  CHECK(sum(reading, Counter::output) == 29);
}

TEST_CASE("an answer of which only partial events are there breaks off") {
  const auto reading = read(event("a", true, 100, 3) + event("a", true, 100, 5), "events.jsonl");
  CHECK(sum(reading, Counter::output) == 5);
  CHECK(with_cause(reading, "stream-cut").size() == 1);
}

}  // namespace usagectl
