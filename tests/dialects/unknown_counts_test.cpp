#include "dialects/unknown_counts.hpp"

#include <doctest/doctest.h>

#include <string_view>

#include "dialects/unknown_keys.hpp"
#include "formats/reading/knowledge.hpp"
#include "input/json/json_parser.hpp"

using namespace usagectl;

namespace {

UsageReading read(std::string_view usage) {
  JsonParser parser;
  const ParsedJson parsed = parser.parse_copy(usage);
  REQUIRE_FALSE(parsed.fault.has_value());
  const Catalogue& catalogue = *builtin_knowledge().catalogue;
  return read_usage(catalogue, UsageValues(catalogue, parsed.root), {});
}

std::size_t not_understood(const UsageReading& reading) {
  std::size_t number = 0;
  for (const Violation& violation : reading.violations)
    number += violation.cause == "unknown-key" ? 1U : 0U;
  return number;
}

Count value(std::optional<Count> count) { return count.value_or(-1); }

}  // namespace

TEST_CASE("a number of the cache under an unknown key leaves input and total open") {
  const auto reading =
      read(R"({"input_tokens":180,"output_tokens":65,"fetchedCacheTokens":23872})");
  CHECK(not_understood(reading) == 1);
  CHECK(reading.counts.is_open(Counter::input));
  CHECK(reading.counts.is_open(Counter::total));
  CHECK(value(reading.counts[Counter::output]) == 65);
}

TEST_CASE("an unknown key whose number is 0 is not worth a word") {
  const auto reading = read(R"({"input_tokens":180,"output_tokens":65,"fetchedCacheTokens":0})");
  CHECK(reading.violations.empty());
  CHECK(value(reading.counts[Counter::total]) == 245);
}

TEST_CASE("the object's own total settles that an unknown part of the cache is inside input") {
  const auto reading = read(
      R"({"prompt_tokens":180,"completion_tokens":65,"total_tokens":245,"fetchedCacheTokens":100})");
  CHECK(not_understood(reading) == 1);
  CHECK(value(reading.counts[Counter::input]) == 180);
  CHECK(reading.counts.is_open(Counter::cache_read));
}

TEST_CASE("an unknown part of the cache that does not fit in input leaves it open") {
  const auto reading = read(
      R"({"prompt_tokens":180,"completion_tokens":65,"total_tokens":245,"fetchedCacheTokens":900})");
  CHECK(reading.counts.is_open(Counter::input));
  CHECK(value(reading.counts[Counter::total]) == 245);
}

TEST_CASE("an unknown number of reasoning leaves output open") {
  const auto reading = read(R"({"input_tokens":180,"output_tokens":65,"ponderedThoughts":40})");
  CHECK(reading.counts.is_open(Counter::output));
  CHECK(reading.counts.is_open(Counter::reasoning));
  CHECK(value(reading.counts[Counter::input]) == 180);
}

TEST_CASE("prices, times, limits and ids beside the counts are no counters") {
  const auto reading = read(
      R"({"input_tokens":180,"output_tokens":65,"cost_micros":12,"latency_ms":900,"max_tokens":4096,"context_window":200000,"tokens_per_second":31,"user_id":7,"cache_hits":3})");
  CHECK(reading.violations.empty());
}

TEST_CASE("a key that says again what is known is no unknown number") {
  const auto reading =
      read(R"({"input_tokens":180,"output_tokens":65,"grandTokenSum":245,"outgoingTokens":65})");
  CHECK(not_understood(reading) == 0);
}

TEST_CASE("a name that tells nothing is named, and leaves the counters as they are") {
  const auto reading = read(R"({"input_tokens":180,"output_tokens":65,"frobs":12})");
  CHECK(not_understood(reading) == 1);
  CHECK(value(reading.counts[Counter::total]) == 245);
}

TEST_CASE("in a row of a log, a column must speak of tokens to be taken for a counter") {
  const auto reading =
      read(R"({"model":"m","ts":"2026-01-01","input_tokens":180,"output_tokens":65,"frobs":12})");
  CHECK(not_understood(reading) == 0);
}

TEST_CASE("a text of one's own makes a row, and a text of a provider does not") {
  CHECK(not_understood(
            read(R"({"stage":"review","input_tokens":180,"output_tokens":65,"frobs":12})")) == 0);
  CHECK(not_understood(read(
            R"({"service_tier":"standard","input_tokens":180,"output_tokens":65,"frobs":12})")) ==
        1);
}

TEST_CASE("what numbers a row or rates it is no counter") {
  CHECK(not_understood(
            read(R"({"i":3,"turn":4,"elo":1010,"input_tokens":180,"output_tokens":65})")) == 0);
}

TEST_CASE("a cache in an object of its own is not passed over") {
  const auto reading =
      read(R"({"input_tokens":180,"output_tokens":65,"cacheStore":{"fetched":500}})");
  CHECK(not_understood(reading) == 1);
  CHECK(reading.counts.is_open(Counter::input));
}

TEST_CASE("kinds of content share out what a list of details is about") {
  CHECK(what_may_count("text_tokens", true) == UnknownKey::no_counter);
  CHECK(what_may_count("text_tokens", false) == UnknownKey::tokens);
}

TEST_CASE("reasoning above an output that the total confirms is a warning") {
  const auto reading = read(
      R"({"prompt_tokens":50,"completion_tokens":10,"total_tokens":60,"completion_tokens_details":{"reasoning_tokens":11},"prompt_tokens_details":{"cached_tokens":0}})");
  REQUIRE(reading.violations.size() == 1);
  CHECK(reading.violations.front().severity == Severity::warning);
  CHECK(value(reading.counts[Counter::output]) == 10);
}

TEST_CASE("what a usage object says of the number of its calls is kept") {
  JsonParser parser;
  const Catalogue& catalogue = *builtin_knowledge().catalogue;
  const auto parsed = parser.parse_copy(R"({"input_tokens":1,"output_tokens":2,"calls":9})");
  CHECK(value(UsageValues(catalogue, parsed.root).calls()) == 9);
}
