#include "analysis/meaning/cost_votes.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>

using namespace usagectl;

namespace {

PriceTable prices() {
  return PriceTable::parse(
      R"({"provider":"made-up","currency":"USD","source":"https://example.com","seen":"2026-03-01",)"
      R"("prices":[{"model":"m","input":"2","cache_read":"0.5","output":"10"}]})",
      "prices.json");
}

/// 1,234 of input, 567 of them or beside them from the cache, 321 of output.
UsageRecord record_that_cost(const std::string& amount) {
  UsageRecord record;
  record.model = "m";
  record.given.set(Counter::input, Count(1234));
  record.given.set(Counter::cache_read, Count(567));
  record.given.set(Counter::output, Count(321));
  record.cost = std::make_shared<const Cost>(Cost{*read_amount(amount), Currency("USD"), "cost"});
  return record;
}

std::optional<Vote> vote_on_cache(const std::string& amount) {
  return cost_votes(prices(), record_that_cost(amount))[static_cast<std::size_t>(Axis::cache_read)];
}

}  // namespace

TEST_CASE("a cost shows whether the cache is inside of input") {
  CHECK(vote_on_cache("0.0048275") == Vote::included);
  CHECK(vote_on_cache("0.0059615") == Vote::excluded);
}

TEST_CASE("a cost that no reading gives, or with few digits, shows nothing") {
  CHECK_FALSE(vote_on_cache("0.0051111").has_value());
  CHECK_FALSE(vote_on_cache("0.01").has_value());
}
