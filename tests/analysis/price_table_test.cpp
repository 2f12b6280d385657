#include "analysis/prices/price_table.hpp"

#include <doctest/doctest.h>

#include <string>

#include "analysis/prices/call_price.hpp"
#include "base/input_error.hpp"

using namespace usagectl;

namespace {

PriceTable table(const std::string& prices) {
  return PriceTable::parse(
      R"({"provider":"made-up","currency":"USD","source":"https://example.com","seen":"2026-03-01","prices":[)" +
          prices + "]}",
      "prices.json");
}

UsageRecord call(std::string model, std::string time) {
  UsageRecord record;
  record.model = std::move(model);
  record.time = std::move(time);
  return record;
}

const std::string kPrice =
    R"({"model":"m","also":["m-2026-*"],"input":"2","cache_read":"0.2","cache_write_5m":"2.5","cache_write_1h":"4","output":"10","batch":"0.5"})";

Counts counts(Count input, Count read, Count written, Count output) {
  Counts counts;
  counts.set(Counter::input, input);
  counts.set(Counter::cache_read, read);
  counts.set(Counter::cache_write, written);
  counts.set(Counter::output, output);
  return counts;
}

}  // namespace

TEST_CASE("each price inside the program has a source and a day") {
  CHECK_FALSE(PriceTable::builtin().prices().empty());
  for (const Price& price : PriceTable::builtin().prices()) {
    CAPTURE(price.model);
    CHECK(price.source.starts_with("https://"));
    CHECK(price.seen <= PriceTable::builtin().newest());
  }
}

TEST_CASE("a file of prices that is not one says where and why") {
  CHECK_THROWS_WITH_AS(table(R"({"model":"m","input":2,"output":"1"})"),
                       "prices.json: /prices/0/input: expected an amount as a text: \"2.50\"",
                       InputError);
  CHECK_THROWS_WITH_AS(table(R"({"model":"m","input":"2"})"),
                       "prices.json: /prices/0: expected \"input\" and \"output\"", InputError);
  CHECK_THROWS_WITH_AS(table(R"({"model":"m","inptu":"2"})"),
                       "prices.json: /prices/0/inptu: unknown key; did you mean input?",
                       InputError);
}

TEST_CASE("a mistake in what is no file of prices quotes nothing of it") {
  for (const std::string price : {R"({"whispered":1})", R"({"model":"whispered"})",
                                  R"({"seen":"whispered"})", R"({"currency":"whispered"})",
                                  R"({"input":"whispered"})", R"({"above":{"whispered":1}})"}) {
    CAPTURE(price);
    try {
      table(price);
      FAIL("was read");
    } catch (const InputError& error) {
      CHECK(std::string(error.what()).find("whispered") == std::string::npos);
    }
  }
}

TEST_CASE("a price is found by the names of its model") {
  const PriceTable prices = table(kPrice);
  CHECK(find_price(prices, call("m", "")) != nullptr);
  CHECK(find_price(prices, call("m-2026-03-01", "")) != nullptr);
  CHECK(find_price(prices, call("m-mini", "")) == nullptr);
  CHECK(find_price(prices, call("", "")) == nullptr);
}

TEST_CASE("a price is that of the day of the call") {
  const PriceTable prices = table(R"({"model":"m","until":"2026-03-01","input":"2","output":"4"},)"
                                  R"({"model":"m","from":"2026-03-02","input":"1","output":"5"})");
  const Price* const before = find_price(prices, call("m", "2026-03-01T23:59:59Z"));
  const Price* const after = find_price(prices, call("m", "2026-03-02T00:00:00Z"));
  REQUIRE(before != nullptr);
  REQUIRE(after != nullptr);
  CHECK(before->rates.input->text() == "2");
  CHECK(after->rates.input->text() == "1");
  CHECK(find_price(prices, call("m", "")) == nullptr);
}

TEST_CASE("a price of one provider is none of another's") {
  UsageRecord record = call("m", "");
  record.scope = {{"provider", "somebody-else"}};
  CHECK(find_price(table(kPrice), record) == nullptr);
}

TEST_CASE("a call costs what each of its parts costs, once") {
  const PriceTable prices = table(kPrice);
  // 600 fresh, 300 read, 100 written, 50 generated.
  const CallPrice price = price_of(prices.prices().front(), counts(1000, 300, 100, 50),
                                   std::nullopt, BilledTier::standard);
  CHECK(price.why_not == NoPrice::known);
  CHECK(price.cost.text() == "0.00201");
  CHECK(price.assumes_5_minutes);
  CHECK(
      price_of(prices.prices().front(), counts(1000, 300, 100, 50), std::nullopt, BilledTier::batch)
          .cost.text() == "0.001005");
}

TEST_CASE("a prompt of which nobody says what was cached is priced as fresh, which is said") {
  const PriceTable prices = table(kPrice);
  Counts plain;
  plain.set(Counter::input, 1000);
  plain.set(Counter::output, 50);
  CHECK(price_of(prices.prices().front(), plain, std::nullopt, BilledTier::standard)
            .assumes_no_cache);
  plain.set(Counter::cache_read, 0);
  CHECK_FALSE(price_of(prices.prices().front(), plain, std::nullopt, BilledTier::standard)
                  .assumes_no_cache);
}

TEST_CASE("what is written to the cache for an hour costs what an hour does, where that is known") {
  const PriceTable prices = table(
      R"({"model":"m","input":"2","cache_write_5m":"2.5","cache_write_1h":"4","output":"10"})");
  const CallPrice price =
      price_of(prices.prices()[0], counts(1000, 0, 1000, 0), 400, BilledTier::standard);
  CHECK(price.cost.text() == "0.0031");
  CHECK_FALSE(price.assumes_5_minutes);
}

TEST_CASE("every token of a call with a longer prompt costs what those do") {
  const PriceTable prices =
      table(R"({"model":"m","input":"2","cache_read":"1","output":"10",)"
            R"("above":{"tokens":1000,"input":"4","cache_read":"2","output":"15"}})");
  const auto cost = [&](Count input) {
    return price_of(prices.prices()[0], counts(input, 500, 0, 10), std::nullopt,
                    BilledTier::standard)
        .cost.text();
  };
  CHECK(cost(1000) == "0.0016");
  CHECK(cost(1001) == "0.003154");
}

TEST_CASE("what a price needs and nobody knows makes the cost unknown") {
  const PriceTable prices = table(
      R"({"model":"m","input":"2","output":"10","known_up_to":1000},{"model":"n","input":"2","output":"10"})");
  Counts open = counts(10, 0, 0, 5);
  open.leave_open(Counter::total);
  CHECK(price_of(prices.prices()[0], open, std::nullopt, BilledTier::standard).why_not ==
        NoPrice::counts_unknown);
  CHECK(price_of(prices.prices()[0], counts(1001, 0, 0, 5), std::nullopt, BilledTier::standard)
            .why_not == NoPrice::beyond_prompt);
  CHECK(price_of(prices.prices()[1], counts(10, 5, 0, 5), std::nullopt, BilledTier::standard)
            .why_not == NoPrice::not_listed);
  CHECK(
      price_of(prices.prices()[1], counts(10, 0, 0, 5), std::nullopt, BilledTier::batch).why_not ==
      NoPrice::not_listed);
  CHECK(price_of(prices.prices()[1], counts(10, 0, 11, 5), std::nullopt, BilledTier::standard)
            .why_not == NoPrice::counts_unknown);
}
