// Places whose name speaks of a limit or an aim, or of who takes part.
#include "formats/reading/named_place.hpp"

#include <string>

#include "formats/counted_of.hpp"
#include "input/json/json_parser.hpp"

namespace usagectl {
namespace {

const std::string kCounts = R"({"input_tokens":1000,"output_tokens":120})";
const std::string kUsage = R"({"usage":)" + kCounts + "}";

/// What is in the member of that name in a document.
UsageIn usage_in(const std::string& document, std::string_view name) {
  JsonParser parser;
  const ParsedJson parsed = parser.parse_copy(document);
  REQUIRE(!parsed.fault);
  return usage_in(parsed.root, name, parsed.root[name]);
}

std::string object(const std::string& name, const std::string& value,
                   const std::string& rest = {}) {
  return "{\"" + name + "\":" + value + rest + "}";
}

}  // namespace

TEST_CASE("a place that holds a usage object under its own key is looked into, whatever it is") {
  for (const std::string name : {"target", "left", "second", "config", "pricing", "schema_repair",
                                 "cost", "window", "options"}) {
    CAPTURE(name);
    CHECK(usage_in(object(name, kUsage), name) == UsageIn::likely);
    CHECK(usage_in(object(name, "[" + kUsage + "]"), name) == UsageIn::likely);
  }
}

TEST_CASE("counts of a participant are usage beside those of another") {
  for (const std::string name : {"target", "left", "second"}) {
    CAPTURE(name);
    CHECK(usage_in(object(name, kCounts, ",\"attacker\":" + kCounts), name) == UsageIn::likely);
  }
  CHECK(usage_in(object("target_usage", kCounts, ",\"attacker_usage\":" + kCounts),
                 "target_usage") == UsageIn::likely);
}

TEST_CASE("an aim, a rest or a budget beside what was used is no usage") {
  for (const std::string name : {"target", "left", "budget", "estimate", "config"}) {
    CAPTURE(name);
    CHECK(usage_in(object(name, kCounts, ",\"usage\":" + kCounts), name) == UsageIn::none);
    CHECK(usage_in(object(name, kCounts, ",\"actual\":" + kCounts), name) == UsageIn::none);
  }
}

TEST_CASE("the number of rows and the percentiles beside an average are no usage") {
  for (const std::string name : {"count", "25%", "99.9%", "p95"}) {
    CAPTURE(name);
    CHECK(usage_in(object(name, kCounts, ",\"mean\":" + kCounts), name) == UsageIn::none);
  }
  for (const std::string name : {"count", "25%"}) {
    CAPTURE(name);
    CHECK(usage_in(object(name, kCounts, ",\"other\":" + kCounts), name) == UsageIn::likely);
  }
  CHECK(usage_in(object("p1", kCounts, ",\"average\":" + kCounts), "p1") == UsageIn::likely);
}

TEST_CASE("limits and averages are no usage, whatever is beside them") {
  for (const std::string name : {"limits", "average", "remaining", "max_usage"}) {
    CAPTURE(name);
    CHECK(usage_in(object(name, kCounts, ",\"attacker\":" + kCounts), name) == UsageIn::none);
  }
  CHECK(usage_in(object("max", kUsage, ",\"mean\":" + kUsage), "max") == UsageIn::none);
}

TEST_CASE("a cost that counts tokens is usage where it states the money, too") {
  CHECK(usage_in(R"({"cost":{"cost":0.2,"input_tokens":200,"output_tokens":9000}})", "cost") ==
        UsageIn::likely);
  CHECK(usage_in(object("grader_cost", kCounts, ",\"usage\":" + kCounts), "grader_cost") ==
        UsageIn::unsaid);
  CHECK(usage_in(R"({"cost":{"input_tokens":3,"output_tokens":15}})", "cost") == UsageIn::none);
}

TEST_CASE("a report of costs counts tokens as well, and prices are none") {
  const std::string by_model = R"({"by_model":{"m":{"input_tokens":3000,"output_tokens":400}}})";
  CHECK(usage_in(object("cost_summary", by_model), "cost_summary") == UsageIn::likely);
  CHECK(usage_in(R"({"cost_summary":{"total_tokens":43210,"total_cost":0.4}})", "cost_summary") ==
        UsageIn::likely);
  CHECK(usage_in(R"({"cost_info":{"m":{"input_tokens":3,"output_tokens":15}}})", "cost_info") ==
        UsageIn::none);
  CHECK(usage_in(object("cost_limits", by_model), "cost_limits") != UsageIn::likely);
}

TEST_CASE("all who take part in a run are counted") {
  const auto reading = read_as_file(
      R"({"attacker":)" + kCounts + R"(,"target":)" + kCounts + R"(,"judge":)" + kCounts + "}",
      "redteam.json");
  CHECK(sum(reading, Counter::input) == 3000);
  CHECK(reading.findings.empty());
}

TEST_CASE("lines of a participant are counted") {
  const auto reading = read_as_file(
      object("target", kUsage) + "\n" + object("first", kUsage) + "\n", "redteam.jsonl");
  CHECK(sum(reading, Counter::output) == 240);
}

TEST_CASE("what may be usage under such a name is told where it is not counted") {
  const auto reading =
      read_as_file(R"({"agents":{"planner":)" + kCounts + R"(,"coder":{"input_tokens":7,)" +
                       R"("output_tokens":3},"pricing":{"input_tokens":500,"output_tokens":30}}})",
                   "run.json");
  CHECK(sum(reading, Counter::input) == 1007);
  CHECK(with_cause(reading, "not-counted").size() == 1);
}

TEST_CASE("a line whose only usage may be a forecast is told") {
  const auto reading = read_as_file(object("forecast", kUsage) + "\n", "run.jsonl");
  CHECK(with_cause(reading, "not-counted").size() == 1);
}

}  // namespace usagectl
