#include "dialects/usage_reading.hpp"

#include <doctest/doctest.h>

#include <string>

#include "formats/reading/knowledge.hpp"
#include "input/json/json_parser.hpp"

using namespace usagectl;

namespace {

UsageReading read(std::string_view usage, const Envelope& envelope = {}) {
  JsonParser parser;
  const ParsedJson parsed = parser.parse_copy(usage);
  REQUIRE_FALSE(parsed.fault.has_value());
  const Catalogue& catalogue = *builtin_knowledge().catalogue;
  return read_usage(catalogue, UsageValues(catalogue, parsed.root), envelope);
}

Count value(std::optional<Count> count) { return count.value_or(-1); }

}  // namespace

TEST_CASE("where the cache stands outside input, input is the sum of its parts") {
  const auto reading = read(
      R"({"input_tokens":5,"cache_read_input_tokens":900,"cache_creation_input_tokens":30,"output_tokens":60})");
  CHECK(reading.dialect == "anthropic.messages");
  CHECK(value(reading.counts[Counter::input]) == 935);
  CHECK(value(reading.given[Counter::input]) == 5);
  CHECK(value(reading.atoms.fresh) == 5);
}

TEST_CASE("where the cache stands inside input, fresh input is what remains") {
  const auto reading = read(
      R"({"prompt_tokens":90,"prompt_cache_hit_tokens":64,"prompt_cache_miss_tokens":26,"completion_tokens":30,"total_tokens":120})");
  CHECK(reading.dialect == "deepseek");
  CHECK(value(reading.counts[Counter::input]) == 90);
  CHECK(value(reading.atoms.fresh) == 26);
  CHECK(reading.violations.empty());
}

TEST_CASE("fresh input that is not what remains is a violation") {
  const auto reading = read(
      R"({"prompt_tokens":90,"prompt_cache_hit_tokens":64,"prompt_cache_miss_tokens":20,"completion_tokens":30,"total_tokens":120})");
  REQUIRE(reading.violations.size() == 1);
  CHECK(reading.violations.front().cause == "fresh-input");
  CHECK(value(reading.violations.front().calculated) == 26);
}

TEST_CASE("one vendor counts reasoning outside on one endpoint and inside on the other") {
  const auto chat = read(
      R"({"prompt_tokens":50,"completion_tokens":9,"total_tokens":259,"num_sources_used":0,"completion_tokens_details":{"reasoning_tokens":200}})");
  CHECK(chat.dialect == "xai.chat");
  CHECK(value(chat.counts[Counter::output]) == 209);
  const auto responses = read(
      R"({"input_tokens":70,"output_tokens":60,"total_tokens":130,"num_server_side_tools_used":1,"output_tokens_details":{"reasoning_tokens":44}})");
  CHECK(responses.dialect == "xai.responses");
  CHECK(value(responses.counts[Counter::output]) == 60);
}

TEST_CASE("the total tells a hidden counter from a plain sum") {
  const auto reading = read(R"({"prompt_tokens":35,"completion_tokens":12,"total_tokens":109})");
  CHECK(reading.dialect == "gemini.openai_compat");
  CHECK(value(reading.counts[Counter::unexplained]) == 62);
}

TEST_CASE("bare keys stay ambiguous and give what all candidates agree on") {
  const auto reading = read(R"({"prompt_tokens":18,"completion_tokens":35,"total_tokens":53})");
  CHECK(reading.candidates.size() > 5);
  CHECK(reading.dialect.find("together") != std::string_view::npos);
  CHECK(value(reading.counts[Counter::input]) == 18);
  CHECK(value(reading.counts[Counter::total]) == 53);
}

TEST_CASE("a count on which the candidates differ is not known") {
  const auto reading = read(
      R"({"prompt_tokens":100,"completion_tokens":20,"total_tokens":120,"cache_read_input_tokens":60})");
  CHECK(reading.dialect == "litellm.usage");
  CHECK_FALSE(reading.counts.has(Counter::input));
  CHECK(value(reading.counts[Counter::cache_read]) == 60);
}

TEST_CASE("a provider's total settles an open axis") {
  CHECK(
      value(
          read(
              R"({"input_tokens":152,"output_tokens":28,"total_tokens":180,"input_tokens_cache_read":90})")
              .counts[Counter::input]) == 152);
  CHECK(
      value(
          read(
              R"({"input_tokens":62,"output_tokens":28,"total_tokens":180,"input_tokens_cache_read":90})")
              .counts[Counter::input]) == 152);
}

TEST_CASE("reasoning above the output that holds it is told and never clamped") {
  const auto reading = read(
      R"({"prompt_tokens":43,"completion_tokens":10,"total_tokens":53,"cost":0,"is_byok":false,"completion_tokens_details":{"reasoning_tokens":11}})");
  REQUIRE(reading.violations.size() == 1);
  CHECK(reading.violations.front().rule == Rule::part);
  CHECK(value(reading.counts[Counter::output]) == 10);
  CHECK(value(reading.counts[Counter::reasoning]) == 11);
  CHECK_FALSE(reading.atoms.visible.has_value());
}

TEST_CASE("a cache that does not fit its input refutes the meaning and leaves input unknown") {
  const auto reading = read(R"({"input_tokens":10,"cached_input_tokens":40,"output_tokens":5})");
  CHECK(reading.dialect == "codex.exec");
  REQUIRE(reading.violations.size() == 1);
  CHECK(reading.violations.front().cause == "meaning-refuted");
  CHECK_FALSE(reading.counts.has(Counter::input));
  CHECK_FALSE(reading.counts.has(Counter::total));
}

TEST_CASE("the names of Pydantic AI in a row of somebody's own do not say where the cache stands") {
  constexpr std::string_view kRow =
      R"({"input_tokens":10,"output_tokens":5,"cache_read_tokens":100,"cache_write_tokens":20})";
  Envelope envelope;
  envelope.known = true;
  const auto row = read(kRow, envelope);
  CHECK(row.dialect == "log.plain");
  CHECK(row.violations.empty());
  CHECK(value(row.counts[Counter::input]) == 130);
  envelope.path = "/usage";
  const auto inside = read(kRow, envelope);
  CHECK(inside.dialect == "pydantic_ai");
  CHECK_FALSE(inside.violations.empty());
}

TEST_CASE("tokens that are read and written at once may overlap where that is known to happen") {
  const auto reading = read(
      R"({"prompt_tokens":2168,"completion_tokens":4,"total_tokens":2172,"cost":0.1,"is_byok":false,"prompt_tokens_details":{"cached_tokens":2161,"cache_write_tokens":2161}})");
  CHECK(reading.violations.empty());
  CHECK(value(reading.counts[Counter::input]) == 2168);
}

TEST_CASE("a zero that Gemini leaves out is 0 when the total agrees") {
  const auto reading =
      read(R"({"promptTokenCount":15,"thoughtsTokenCount":2,"totalTokenCount":17})");
  CHECK(value(reading.counts[Counter::output]) == 2);
  CHECK(reading.violations.empty());
}

TEST_CASE("an object with a number that is none counts nothing") {
  for (const std::string_view usage :
       {R"({"prompt_tokens":-1,"completion_tokens":5,"total_tokens":4})",
        R"({"prompt_tokens":1.5,"completion_tokens":5,"total_tokens":6})",
        R"({"prompt_tokens":"1","completion_tokens":5,"total_tokens":6})",
        R"({"prompt_tokens":1,"prompt_tokens":2,"completion_tokens":5,"total_tokens":6})"}) {
    CAPTURE(usage);
    const auto reading = read(usage);
    CHECK_FALSE(reading.countable());
    REQUIRE_FALSE(reading.violations.empty());
    CHECK(reading.violations.front().rule == Rule::number);
  }
}

TEST_CASE("span attributes may write their numbers as strings") {
  const auto reading = read(
      R"({"llm.token_count.prompt":"85","llm.token_count.completion":"29","llm.token_count.total":"114"})");
  CHECK(reading.dialect == "openinference");
  CHECK(value(reading.counts[Counter::total]) == 114);
}

TEST_CASE("what stands around a usage object settles what its keys leave open") {
  Envelope envelope;
  envelope.known = true;
  envelope.object = "chat.completion";
  envelope.model = "sonar";
  CHECK(read(R"({"prompt_tokens":10,"completion_tokens":9,"total_tokens":19})", envelope).dialect ==
        "perplexity");
}

TEST_CASE("the lifetimes of a cache write add up to it") {
  const auto reading = read(
      R"({"input_tokens":5,"cache_creation_input_tokens":30,"cache_creation":{"ephemeral_5m_input_tokens":10,"ephemeral_1h_input_tokens":10},"output_tokens":6})");
  REQUIRE(reading.violations.size() == 1);
  CHECK(reading.violations.front().cause == "cache-lifetimes");
}

TEST_CASE("a known variant of a dialect is no fault where the numbers fit it exactly") {
  const auto check = [](std::string_view usage, std::string_view dialect, Count input,
                        Count output) {
    CAPTURE(usage);
    const auto reading = read(usage);
    CHECK(reading.dialect == dialect);
    CHECK(reading.violations.empty());
    CHECK(value(reading.counts[Counter::input]) == input);
    CHECK(value(reading.counts[Counter::output]) == output);
  };
  check(R"({"input":100,"output":20,"cacheRead":60,"cacheWrite":0,"totalTokens":120})", "pi", 100,
        20);
  check(R"({"input":40,"output":20,"cacheRead":60,"cacheWrite":0,"totalTokens":120})", "pi", 100,
        20);
  check(R"({"input":40,"output":20,"cached":60,"thoughts":5,"tool":0,"total":125})",
        "gemini_cli.session", 100, 25);
  check(R"({"inputTokens":10,"outputTokens":20,"totalTokens":30,"cachedInputTokens":60})",
        "aisdk.v5", 70, 20);
  check(
      R"({"prompt_tokens":50,"completion_tokens":209,"total_tokens":259,"num_sources_used":0,"completion_tokens_details":{"reasoning_tokens":200}})",
      "xai.chat", 50, 209);
  check(
      R"({"input_tokens":10,"output_tokens":20,"total_tokens":30,"input_token_details":{"cache_read":60}})",
      "langchain.usage_metadata", 70, 20);
  check(
      R"({"input_tokens":10,"output_tokens":20,"total_tokens":90,"input_token_details":{"cache_read":60}})",
      "langchain.usage_metadata", 70, 20);
}

TEST_CASE("more read from the cache than input holds shows which release of LiteLLM wrote it") {
  const auto reading = read(
      R"({"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"cache_read_input_tokens":60,"cache_creation_input_tokens":5})");
  CHECK(reading.violations.empty());
  CHECK(value(reading.counts[Counter::input]) == 75);
}

TEST_CASE(
    "a meaning that no release had is accused, and counted where the provider's total leaves no "
    "other") {
  const auto reading = read(
      R"({"prompt_tokens":50,"completion_tokens":9,"total_tokens":259,"prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":200}})",
      [] {
        Envelope e;
        e.known = true;
        e.object = "chat.completion";
        e.model = "gpt-5";
        return e;
      }());
  CHECK(reading.dialect == "openai.chat");
  CHECK(reading.violations.front().rule == Rule::part);
  CHECK(value(reading.counts[Counter::output]) == 209);
}

TEST_CASE("what a refuted meaning would have added up is not known") {
  const auto reading = read(
      R"({"prompt_tokens":50,"completion_tokens":100,"total_tokens":150,"num_sources_used":0,"completion_tokens_details":{"reasoning_tokens":200}})");
  CHECK(reading.dialect == "xai.chat");
  CHECK_FALSE(reading.violations.empty());
  CHECK_FALSE(reading.counts.has(Counter::output));
  CHECK(value(reading.counts[Counter::total]) == 150);
}

TEST_CASE("a total below its parts is an error in the words of the dialect") {
  const auto reading =
      read(R"({"inputTokens":100,"outputTokens":20,"totalTokens":110,"cachedInputTokens":60})");
  REQUIRE(reading.violations.size() == 1);
  CHECK(reading.violations.front().severity == Severity::error);
  CHECK(reading.violations.front().explanation ==
        "the total is not input+output, as aisdk.v5 counts");
}

TEST_CASE("a total above its parts is an error where the provider reports every part") {
  const auto reading = read(
      R"({"promptTokenCount":10,"candidatesTokenCount":5,"thoughtsTokenCount":1,"totalTokenCount":20})");
  REQUIRE(reading.violations.size() == 1);
  CHECK(reading.violations.front().severity == Severity::error);
}

TEST_CASE("a total above its parts is a warning where they may be incomplete") {
  for (const char* usage : {
           R"({"inputTokens":100,"outputTokens":20,"totalTokens":130,"cachedInputTokens":60})",
           R"({"input_tokens":10,"output_tokens":5,"total_tokens":20})",
           R"({"prompt_tokens":10,"completion_tokens":5,"total_tokens":20})",
           R"({"input":10,"output":5,"total":20})",
       }) {
    CAPTURE(usage);
    const auto reading = read(usage);
    REQUIRE(reading.violations.size() == 1);
    CHECK(reading.violations.front().severity == Severity::warning);
    CHECK(reading.violations.front().cause == "unexplained");
  }
}

TEST_CASE("two spellings of one count agree") {
  const auto converse = read(
      R"({"inputTokens":10,"outputTokens":5,"totalTokens":25,"cacheReadInputTokens":10,"cacheReadInputTokenCount":9})");
  REQUIRE(converse.violations.size() == 1);
  CHECK(converse.violations.front().rule == Rule::identity);
  CHECK(converse.violations.front().cause == "spellings-disagree");
  CHECK(value(converse.counts[Counter::cache_read]) == 10);
  const auto agno = read(
      R"({"input_tokens":10,"output_tokens":5,"prompt_tokens":11,"completion_tokens":5,"total_tokens":15})");
  REQUIRE(agno.violations.size() == 1);
  CHECK(agno.violations.front().key == "prompt_tokens");
}

TEST_CASE("audio that exceeds its whole or is no count is told, and spoils no counter") {
  const auto reading = read(
      R"({"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":11},"completion_tokens_details":{"accepted_prediction_tokens":0,"audio_tokens":-1}})");
  REQUIRE(reading.violations.size() == 2);
  CHECK(reading.violations[0].rule == Rule::number);
  CHECK(reading.violations[1].rule == Rule::part);
  CHECK(reading.violations[1].key == "prompt_tokens_details/audio_tokens");
  CHECK(reading.countable());
  CHECK(value(reading.counts[Counter::total]) == 15);
}
