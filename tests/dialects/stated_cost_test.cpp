#include "dialects/costs/stated_cost.hpp"

#include <doctest/doctest.h>

#include <string>

#include "input/json/json_parser.hpp"

using namespace usagectl;

namespace {

StatedCost read(std::string_view object) {
  JsonParser parser;
  const ParsedJson parsed = parser.parse_copy(object);
  REQUIRE_FALSE(parsed.fault.has_value());
  StatedCost stated;
  parsed.root.each_member([&](std::string_view name, const Json& value) {
    if (StatedCost::may_name_cost(name)) stated.take(name, value);
  });
  return stated;
}

std::string whole(std::string_view object) {
  const auto cost = read(object).whole();
  return cost ? cost_text(cost->amount.money, cost->currency) + " at " + cost->key : "none";
}

enum class Parts { held, refuted, open };

Parts parts(std::string_view object) {
  bool held = false;
  const auto refuted = read(object).compare_parts(held);
  return held ? Parts::held : refuted ? Parts::refuted : Parts::open;
}

}  // namespace

TEST_CASE("a cost is read under the names that logs use") {
  CHECK(whole(R"({"cost":0.25})") == "0.25 at cost");
  CHECK(whole(R"({"costUSD":0.25})") == "0.25 USD at costUSD");
  CHECK(whole(R"({"total_cost_usd":"0.25"})") == "0.25 USD at total_cost_usd");
  CHECK(whole(R"({"response_cost":0.25})") == "0.25 at response_cost");
  CHECK(whole(R"({"spend":0.25})") == "0.25 at spend");
  CHECK(whole(R"({"cost_cents":25})") == "0.25 at cost_cents");
  CHECK(whole(R"({"cost_in_usd_ticks":2500000000})") == "0.25 USD at cost_in_usd_ticks");
  CHECK(whole(R"({"cost":{"input":0.1,"output":0.15,"total":0.25}})") == "0.25 at cost/total");
  CHECK(whole(R"({"cost":{"usd":0.25,"diem":0}})") == "0.25 USD at cost/usd");
}

TEST_CASE("prices, limits and running totals are no costs") {
  for (const std::string_view object :
       {R"({"input_cost_per_token":0.1})", R"({"cost_limit":3})", R"({"accumulated_cost":1})",
        R"({"session_cost":1})", R"({"market_cost":1})", R"({"costPerHour":1})",
        R"({"cost_details":{"upstream_inference_cost":1}})", R"({"max_cost":1})",
        R"({"cost":null})", R"({"cost":true})", R"({"cost":"free"})"}) {
    CAPTURE(object);
    CHECK(whole(object) == "none");
  }
}

TEST_CASE("the cost of the call goes before a total beside it") {
  CHECK(whole(R"({"cost":0.25,"total_cost":3})") == "0.25 at cost");
  CHECK(whole(R"({"total_cost":3,"cost":0.25})") == "0.25 at cost");
}

TEST_CASE("two costs of one rank that differ are none") {
  CHECK(whole(R"({"cost":0.25,"response_cost":0.27})") == "none");
  CHECK(whole(R"({"cost":0.25,"response_cost":0.25})") == "0.25 at cost");
}

TEST_CASE("input and output together are the cost where nothing else has one") {
  CHECK(whole(R"({"input_cost":0.1,"output_cost":0.15})") == "0.25 at ");
  CHECK(whole(R"({"input_cost":0.1})") == "none");
  CHECK(whole(R"({"input_cost":0.1,"output_cost":0.15,"cache_read_cost":0.01})") == "none");
  CHECK(whole(R"({"input_cost":0.1,"output_cost":0.15,"audio_cost":0.01})") == "none");
}

TEST_CASE("the parts of a cost add up to it") {
  CHECK(
      parts(
          R"({"cost":{"input":0.1,"output":0.2,"cacheRead":0.03,"cacheWrite":0.04,"total":0.37}})") ==
      Parts::held);
  CHECK(parts(R"({"prompt_cost":0.000376,"completion_cost":0.0013816000000000002,)"
              R"("total_cost":0.0017576000000000002})") == Parts::held);
  CHECK(parts(R"({"cost":{"input":0.1,"output":0.2,"total":0.4}})") == Parts::refuted);
  CHECK(parts(R"({"input_cost":0.1,"output_cost":0.2,"total_cost":0.25})") == Parts::refuted);
}

TEST_CASE("the cache may be inside of the input of a cost") {
  CHECK(parts(R"({"cost":{"input":0.1,"output":0.2,"cache_read":0.03,"total":0.3}})") ==
        Parts::held);
}

TEST_CASE("parts beside something that is not understood are not judged") {
  CHECK(parts(R"({"cost":{"input":0.1,"output":0.2,"discount":0.1,"total":0.2}})") == Parts::open);
  CHECK(parts(R"({"input_cost":0.1,"output_cost":0.2,"image_cost":1,"total_cost":1.3})") ==
        Parts::open);
}

TEST_CASE("a total without parts says nothing of itself") {
  CHECK(parts(R"({"cost":0.25})") == Parts::open);
  CHECK(parts(R"({"cost":{"input":0.1,"total":0.25}})") == Parts::open);
}

TEST_CASE("costs of two reports add up key by key") {
  StatedCost sum = read(R"({"cost":0.1,"total_cost":1})");
  sum.add(read(R"({"cost":0.2})"));
  const auto cost = sum.whole();
  REQUIRE(cost.has_value());
  CHECK(cost->amount.money.text() == "0.3");
}

TEST_CASE("a cost may be written with its currency") {
  CHECK(whole(R"({"cost":"$0.01"})") == "0.01 USD at cost");
  CHECK(whole(R"({"cost":"US$ 1,234.50"})") == "1234.5 USD at cost");
  CHECK(whole(R"({"cost":"0.01 EUR"})") == "0.01 EUR at cost");
  CHECK(whole(R"({"cost":"\u20ac0.01"})") == "0.01 EUR at cost");
  CHECK(whole(R"({"cost":"-$0.01"})") == "-0.01 USD at cost");
  CHECK(whole(R"({"cost_usd":"$0.01"})") == "0.01 USD at cost_usd");
}

TEST_CASE("a cost may be an object of an amount and its currency") {
  CHECK(whole(R"({"cost":{"amount":0.01,"currency":"USD"}})") == "0.01 USD at cost/amount");
  CHECK(whole(R"({"total_cost":{"value":"0.01","currency":"eur"}})") ==
        "0.01 EUR at total_cost/value");
  CHECK(whole(R"({"input_cost":{"value":0.01,"currency":"USD"},)"
              R"("output_cost":{"value":0.02,"currency":"USD"}})") == "0.03 USD at ");
}

TEST_CASE("an object of cents has cents in it") {
  CHECK(whole(R"({"cost_cents":{"input":1,"output":1.5,"total":2.5}})") ==
        "0.025 at cost_cents/total");
}

TEST_CASE("money that may be as much or another amount is none, and its place is known") {
  const auto unread = [](std::string_view object) {
    return whole(object) == "none" ? read(object).unread() : "read";
  };
  CHECK(unread(R"({"cost":"about $0.01"})") == "cost");
  CHECK(unread(R"({"cost":"0,01"})") == "cost");
  CHECK(unread(R"({"cost":"$1,234"})") == "cost");
  CHECK(unread(R"({"cost":"<$0.01"})") == "cost");
  CHECK(unread(R"({"cost_usd":"0.01 EUR"})") == "cost_usd");
  CHECK(unread(R"({"cost":{"amount":5,"currency":"USD"}})") == "cost/amount");
  CHECK(unread(R"({"cost":{"amount":0.5,"currency":"points"}})") == "cost/amount");
  CHECK(unread(R"({"cost":{"amount":0.5,"currency":"USD","unit":"cents"}})") == "cost/amount");
}

TEST_CASE("a text that states no amount is nothing that could not be read") {
  for (const std::string_view object : {R"({"cost":"free"})", R"({"cost":"N/A"})", R"({"cost":""})",
                                        R"({"cost":0.1,"total_cost":"about 3"})"}) {
    CAPTURE(object);
    CHECK(read(object).unread().empty());
  }
}

TEST_CASE("of costs that are the same, the one with more digits is taken, and its currency") {
  CHECK(whole(R"({"cost":0.0123,"cost_usd":0.01})") == "0.0123 USD at cost");
  CHECK(whole(R"({"cost":0.01,"cost_usd":0.0123})") == "0.0123 USD at cost_usd");
}

TEST_CASE("two costs of one rank that differ disagree") {
  const auto two = read(R"({"cost":0.25,"response_cost":0.27})").disagreement();
  REQUIRE(two.has_value());
  CHECK(two->key == "response_cost");
  CHECK(two->other == "cost");
  CHECK_FALSE(two->is_total_below_part);
}

TEST_CASE("a total below the cost that it holds disagrees with it") {
  const auto two = read(R"({"cost":0.25,"total_cost":0.2})").disagreement();
  REQUIRE(two.has_value());
  CHECK(two->is_total_below_part);
  CHECK_FALSE(read(R"({"cost":0.25,"total_cost":0.7})").disagreement().has_value());
  CHECK_FALSE(read(R"({"cost":0.25,"total_cost":0})").disagreement().has_value());
}

TEST_CASE("an estimate and another currency disagree with no cost") {
  CHECK_FALSE(read(R"({"cost":0.25,"estimated_cost":0.2})").disagreement().has_value());
  CHECK_FALSE(read(R"({"cost_usd":0.25,"cost_eur":0.2})").disagreement().has_value());
  CHECK(whole(R"({"cost_usd":0.25,"cost_eur":0.2})") == "0.25 USD at cost_usd");
}
