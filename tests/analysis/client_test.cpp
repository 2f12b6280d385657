// What a client did to the numbers that the provider sent: each way of each number on its own.
#include <doctest/doctest.h>

#include "analysis/diff/contract.hpp"
#include "analysis/diff_sides.hpp"

namespace usagectl {
namespace {

/// Numbers of one call; the defaults are those of a provider and of a client that copies them.
struct Numbers {
  int input = 900;
  int output = 310;
  int cache_read = 512;
  int cache_write = 0;
  int total = 1210;
};

std::string client(const Numbers& n) {
  const auto text = [](int number) { return std::to_string(number); };
  return "{\"run\": {\"stream_fn\": \"f\", \"model\": {\"provider\": \"p\", \"id\": \"m\", "
         "\"api\": "
         "\"openai-completions\"}}, \"events\": [{\"type\": \"agent_start\"}, {\"type\": "
         "\"message_end\", \"message\": {\"role\": \"assistant\", \"content\": [], \"timestamp\": "
         "1, "
         "\"usage\": {\"input\": " +
         text(n.input) + ", \"output\": " + text(n.output) +
         ", \"cache_read\": " + text(n.cache_read) + ", \"cache_write\": " + text(n.cache_write) +
         ", \"total_tokens\": " + text(n.total) + "}}}]}\n";
}

std::string raw(const std::string& more, int reasoning = 200, int total = 1210) {
  return "{\"id\": \"gen-1\", \"object\": \"chat.completion\", \"model\": \"v/m\", \"choices\": "
         "[{\"index\": 0, \"message\": {\"role\": \"assistant\", \"content\": \"\"}, "
         "\"finish_reason\": \"stop\"}], \"usage\": {\"prompt_tokens\": 900, "
         "\"completion_tokens\": "
         "310, \"total_tokens\": " +
         std::to_string(total) + ", " + more +
         "\"completion_tokens_details\": {\"reasoning_tokens\": " + std::to_string(reasoning) +
         "}}}\n";
}

const std::string kDetails =
    "\"prompt_tokens_details\": {\"cached_tokens\": 512, \"cache_write_tokens\": 0}, ";

ClientNumber number_of(const std::string& name, const std::string& sent, const Numbers& got) {
  const MadeCapture capture({{"raw.json", sent}, {"client.json", client(got)}});
  const DiffReport report = diff_of(capture, "raw.json", "client.json");
  REQUIRE(report.client.raw == RawSide::a);
  for (const ClientNumber& number : report.client.numbers) {
    if (number.number == name) return number;
  }
  FAIL("nothing is said of " << name);
  return {};
}

TEST_CASE("numbers that a client copied are as sent") {
  for (const char* const name : {"input", "output", "total", "cache_read", "cache_write"}) {
    CAPTURE(name);
    CHECK(number_of(name, raw(kDetails), {}).is_as_sent);
  }
}

TEST_CASE("it does not matter which capture is the raw one") {
  const MadeCapture capture({{"raw.json", raw(kDetails)}, {"client.json", client({.input = 388})}});
  const DiffReport report = diff_of(capture, "client.json", "raw.json");
  CHECK(report.client.raw == RawSide::b);
  CHECK(report.client.numbers.front().brief == "input = prompt − cached");
}

TEST_CASE("a client that takes the cache out of the input is named") {
  const ClientNumber number = number_of("input", raw(kDetails), {.input = 388, .total = 698});
  CHECK(number.brief == "input = prompt − cached");
  CHECK(number.cause == "cache-left-out");
  CHECK(number.sent == 900);
  CHECK(number.got == 388);
}

TEST_CASE("a client that adds the cache to the input is named") {
  CHECK(number_of("input", raw(kDetails), {.input = 1412}).brief == "input = prompt + cached");
}

TEST_CASE("a client that adds the reasoning to the output is named") {
  const ClientNumber number = number_of("output", raw(kDetails), {.output = 510});
  CHECK(number.brief == "output = completion + reasoning");
  CHECK(number.cause == "reasoning-added");
}

TEST_CASE("a total that a client made itself is named where it differs from the provider's") {
  const ClientNumber number = number_of("total", raw(kDetails, 200, 1215), {});
  CHECK(number.brief == "total recomputed as input + output");
  CHECK(number.did == "total recomputed as input + output: 1210, and the provider said 1215");
  CHECK(number.cause == "total-recomputed");
}

TEST_CASE("a total that may be copied or made is as sent, and it is said that this is untested") {
  const ClientNumber number = number_of("total", raw(kDetails), {});
  CHECK(number.is_as_sent);
  CHECK(number.untested == "input + output is the same in every call");
}

TEST_CASE("details that outrank an explicit key of 0 are named") {
  const ClientNumber number =
      number_of("cache_read", raw("\"cache_read_input_tokens\": 0, " + kDetails), {});
  CHECK(number.brief == "cache_read taken from details although the explicit key says 0");
  CHECK(number.cause == "cache-key-precedence");
}

TEST_CASE("an explicit key of 0 that outranks the details is as sent") {
  CHECK(
      number_of("cache_read", raw("\"cache_read_input_tokens\": 0, " + kDetails), {.cache_read = 0})
          .is_as_sent);
}

TEST_CASE("a cache write that the provider reports and the client does not is named") {
  const std::string details =
      "\"prompt_tokens_details\": {\"cached_tokens\": 512, \"cache_write_tokens\": 100}, ";
  const ClientNumber number = number_of("cache_write", raw(details), {});
  CHECK(number.brief == "cache_write is 0");
  CHECK(number.cause == "cache-write-dropped");
}

TEST_CASE("a number that nothing explains is not explained") {
  CHECK(number_of("output", raw(kDetails), {.output = 311}).brief ==
        "output fits nothing that the provider said");
}

TEST_CASE("a part of 0 leaves open whether it was added, and that is said") {
  CHECK(number_of("output", raw(kDetails, 0), {}).untested == "reasoning is 0 in every call");
}

TEST_CASE("calls of other numbers are not taken for what a client made") {
  const MadeCapture capture(
      {{"raw.json", raw(kDetails)}, {"client.json", client({.input = 71, .output = 12})}});
  const DiffReport report = diff_of(capture, "raw.json", "client.json");
  CHECK(report.pairs.by == PairedBy::nothing);
  CHECK(report.client.numbers.empty());
}

TEST_CASE("a client with ids of its own is paired by order, and its whole input explained") {
  const std::string sent =
      "{\"id\": \"msg_01MadeUp\", \"type\": \"message\", \"role\": \"assistant\", \"model\": "
      "\"m-20250514\", \"content\": [], \"stop_reason\": \"end_turn\", \"usage\": "
      "{\"input_tokens\": 12, \"cache_creation_input_tokens\": 300, \"cache_read_input_tokens\": "
      "1000, \"output_tokens\": 50}}\n";
  const std::string made =
      "{\"type\": \"ai\", \"content\": \"\", \"id\": \"run-made-up-123\", \"usage_metadata\": "
      "{\"input_tokens\": 1312, \"output_tokens\": 50, \"total_tokens\": 1362, "
      "\"input_token_details\": {\"cache_creation\": 300, \"cache_read\": 1000}}}\n";
  const MadeCapture capture({{"raw.json", sent}, {"client.json", made}});
  const DiffReport report = diff_of(capture, "raw.json", "client.json");
  CHECK(report.pairs.by == PairedBy::order);
  REQUIRE_FALSE(report.client.numbers.empty());
  CHECK(report.client.numbers.front().brief == "input = prompt + cached + cache written");
  // The provider sends no total, so that of the client is no deviation.
  CHECK(report.client.numbers[2].is_as_sent);
}

TEST_CASE("the contract of raw numbers holds for a copy and breaks for each change") {
  const Contract contract = load_contract("provider-raw");
  const auto verdict_of = [&](const Numbers& got) {
    const MadeCapture capture({{"raw.json", raw(kDetails)}, {"client.json", client(got)}});
    return check_contract_against(side_of(capture, "raw.json"), side_of(capture, "client.json"),
                                  contract)
        .verdict;
  };
  CHECK(verdict_of({}) == Likeness::same);
  CHECK(verdict_of({.input = 388}) == Likeness::different);
  CHECK(verdict_of({.output = 510}) == Likeness::different);
  CHECK(verdict_of({.cache_read = 0}) == Likeness::different);
  CHECK(verdict_of({.cache_write = 7}) == Likeness::different);
  CHECK(verdict_of({.total = 1722}) == Likeness::different);
  CHECK(verdict_of({.input = 71, .output = 12}) == Likeness::undetermined);
}

TEST_CASE("a cache count that a client leaves out is a difference, and no axis of the client") {
  const std::string left_out =
      "{\"id\": \"gen-1\", \"model\": \"v/m\", \"usage\": {\"promptTokens\": 900, "
      "\"completionTokens\": 310, \"totalTokens\": 1210}}\n";
  const MadeCapture capture({{"raw.json", raw(kDetails)}, {"client.json", left_out}});
  const DiffReport report = diff_of(capture, "raw.json", "client.json");
  CHECK(report.meaning.front().b.value == "absent");
  CHECK(report.part(DiffPart::meaning).sentence ==
        "B is not what the provider sent: cache_read is left out, reasoning is left out");
  CHECK(report.verdict == Likeness::different);
}

}  // namespace
}  // namespace usagectl
