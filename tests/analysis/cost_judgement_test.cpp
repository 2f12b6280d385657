#include "analysis/prices/cost_judgement.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <map>
#include <random>
#include <string>

using namespace usagectl;

namespace {

/// The tokens of a made-up call, and what they are for.
struct MadeCall {
  const Price* price = nullptr;
  Count fresh = 0;
  Count read = 0;
  Count written_5m = 0;
  Count written_1h = 0;
  Count output = 0;
  Count reasoning = 0;
  bool is_batch = false;

  Count prompt() const { return fresh + read + written_5m + written_1h; }
};

double number(const std::optional<Money>& money) { return money ? std::stod(money->text()) : 0; }

/// What a program that adds up binary numbers would write.
double cost_by(const Rates& rates, const MadeCall& call) {
  const double cost = static_cast<double>(call.fresh) * number(rates.input) +
                      static_cast<double>(call.read) * number(rates.cache_read) +
                      static_cast<double>(call.written_5m) * number(rates.cache_write_5m) +
                      static_cast<double>(call.written_1h) * number(rates.cache_write_1h) +
                      static_cast<double>(call.output) * number(rates.output);
  return cost / 1e6;
}

const Rates& right_rates(const MadeCall& call) {
  const auto& prompts = call.price->long_prompts;
  return prompts && call.prompt() > prompts->than ? prompts->rates : call.price->rates;
}

double right_cost(const MadeCall& call) {
  const double cost = cost_by(right_rates(call), call);
  return call.is_batch ? cost * number(call.price->batch) : cost;
}

Cost written(double number) {
  std::array<char, 40> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  return {*read_amount(std::string_view(text.data(), static_cast<std::size_t>(end - text.data()))),
          Currency("USD"), "cost"};
}

CallToPrice to_price(const MadeCall& call) {
  CallToPrice made;
  made.model = call.price->model;
  made.provider = call.price->provider;
  made.time = (call.price->from.empty() && call.price->until.empty() ? std::string("2026-09-01")
               : !call.price->from.empty()                           ? call.price->from
                                                                     : call.price->until) +
              "T12:00:00Z";
  made.tier = call.is_batch ? "batch" : "standard";
  made.counts.set(Counter::input, call.prompt());
  made.counts.set(Counter::cache_read, call.read);
  made.counts.set(Counter::cache_write, call.written_5m + call.written_1h);
  made.counts.set(Counter::output, call.output);
  made.counts.set(Counter::reasoning, call.reasoning);
  made.hour_writes = call.written_1h;
  return made;
}

/// Makes calls of all models that have what a mistake needs.
class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  MadeCall call(const std::function<bool(const Price&)>& is_wanted) {
    std::vector<const Price*> prices;
    for (const Price& price : PriceTable::builtin().prices()) {
      if (is_wanted(price)) prices.push_back(&price);
    }
    MadeCall made;
    made.price = prices[static_cast<std::size_t>(one_of(0, static_cast<Count>(prices.size()) - 1))];
    const Rates& rates = made.price->rates;
    made.fresh = one_of(50, 20'000);
    made.output = one_of(20, 8'000);
    made.reasoning = one_of(1, made.output);
    if (rates.cache_read) made.read = one_of(100, 40'000);
    if (rates.cache_write_5m) made.written_5m = one_of(100, 20'000);
    if (rates.cache_write_1h && rates.cache_write_1h != rates.cache_write_5m)
      made.written_1h = one_of(100, 20'000);
    return made;
  }

  Count one_of(Count from, Count to) {
    return std::uniform_int_distribution<Count>(from, to)(random_);
  }

 private:
  std::mt19937_64 random_;
};

bool any(const Price&) { return true; }
bool reads_cache(const Price& price) { return price.rates.cache_read.has_value(); }
bool has_batch(const Price& price) { return price.batch.has_value(); }
bool has_long_prompts(const Price& price) { return price.long_prompts.has_value(); }
bool writes_for_an_hour(const Price& price) {
  return price.rates.cache_write_1h && price.rates.cache_write_1h != price.rates.cache_write_5m;
}

/// Another price of the same model, which is not valid when the first one is.
const Price* of_another_time(const Price& price) {
  for (const Price& other : PriceTable::builtin().prices()) {
    if (&other != &price && other.model == price.model && other.provider == price.provider &&
        number(other.rates.input) != number(price.rates.input))
      return &other;
  }
  return nullptr;
}

struct Planted {
  std::string_view cause;
  std::function<double(Maker&, MadeCall&)> plant;
};

/// The call, and what somebody who makes the mistake would write.
const std::vector<Planted> kPlanted = {
    {"cache-priced-as-fresh",
     [](Maker& maker, MadeCall& call) {
       call = maker.call(reads_cache);
       MadeCall wrong = call;
       wrong.fresh += wrong.read + wrong.written_5m + wrong.written_1h;
       wrong.read = wrong.written_5m = wrong.written_1h = 0;
       return cost_by(call.price->rates, wrong);
     }},
    {"cache-priced-twice",
     [](Maker& maker, MadeCall& call) {
       call = maker.call(reads_cache);
       MadeCall wrong = call;
       wrong.fresh += wrong.read;
       return cost_by(call.price->rates, wrong);
     }},
    {"cache-not-priced",
     [](Maker& maker, MadeCall& call) {
       call = maker.call(reads_cache);
       MadeCall wrong = call;
       wrong.read = 0;
       return cost_by(call.price->rates, wrong);
     }},
    {"cache-lifetime-priced",
     [](Maker& maker, MadeCall& call) {
       call = maker.call(writes_for_an_hour);
       MadeCall wrong = call;
       wrong.written_5m += wrong.written_1h;
       wrong.written_1h = 0;
       return cost_by(call.price->rates, wrong);
     }},
    {"reasoning-priced-twice",
     [](Maker& maker, MadeCall& call) {
       call = maker.call(any);
       MadeCall wrong = call;
       wrong.output += wrong.reasoning;
       return cost_by(call.price->rates, wrong);
     }},
    {"reasoning-not-priced",
     [](Maker& maker, MadeCall& call) {
       call = maker.call(any);
       MadeCall wrong = call;
       wrong.output -= wrong.reasoning;
       return cost_by(call.price->rates, wrong);
     }},
    {"batch-discount-missed",
     [](Maker& maker, MadeCall& call) {
       call = maker.call(has_batch);
       call.is_batch = true;
       return cost_by(call.price->rates, call);
     }},
    {"price-of-another-time",
     [](Maker& maker, MadeCall& call) {
       call = maker.call([](const Price& price) { return of_another_time(price) != nullptr; });
       const Price* const other = of_another_time(*call.price);
       if (!other->rates.cache_read) call.read = 0;
       return cost_by(other->rates, call);
     }},
    {"short-prompt-priced",
     [](Maker& maker, MadeCall& call) {
       call = maker.call(has_long_prompts);
       call.fresh += call.price->long_prompts->than;
       return cost_by(call.price->rates, call);
     }},
    {"per-thousand-price",
     [](Maker& maker, MadeCall& call) {
       call = maker.call(any);
       return right_cost(call) * (maker.one_of(0, 1) == 0 ? 1000 : 0.001);
     }},
};

}  // namespace

TEST_CASE("a mistake that is planted in a cost is named") {
  constexpr int kCalls = 200;
  Maker maker(20261126);
  int named = 0;
  for (const Planted& planted : kPlanted) {
    int of_cause = 0;
    for (int i = 0; i < kCalls; ++i) {
      MadeCall call;
      const double cost = planted.plant(maker, call);
      CallToPrice made = to_price(call);
      // Not on a day on which both prices may be valid.
      if (planted.cause == "price-of-another-time")
        made.time = call.price->from.empty() ? "2025-01-15T12:00:00Z" : "2026-08-15T12:00:00Z";
      if (planted.cause == "price-of-another-time" && !is_valid_at(*call.price, made.time))
        made.time = call.price->from.empty() ? "2026-07-15T12:00:00Z" : call.price->from;
      const CostJudgement judgement = judge_cost(PriceTable::builtin(), made, written(cost));
      of_cause += judgement.verdict == CostVerdict::refuted && judgement.causes.size() == 1 &&
                  judgement.causes.front() == planted.cause;
    }
    CAPTURE(planted.cause);
    CHECK(of_cause >= kCalls * 95 / 100);
    named += of_cause;
  }
  MESSAGE("named " << named << " of " << kCalls * static_cast<int>(kPlanted.size()));
}

TEST_CASE("a cost in one currency that is the number of another is named") {
  Maker maker(7);
  const MadeCall call = maker.call(any);
  Cost cost = written(right_cost(call));
  cost.currency = Currency("EUR");
  const CostJudgement judgement = judge_cost(PriceTable::builtin(), to_price(call), cost);
  CHECK(judgement.verdict == CostVerdict::refuted);
  CHECK(judgement.causes == std::vector<std::string_view>{"wrong-currency"});
}

TEST_CASE("a sound cost is never refuted, whatever it is rounded to") {
  Maker maker(42);
  int held = 0;
  constexpr int kCalls = 4'000;
  for (int i = 0; i < kCalls; ++i) {
    MadeCall call = maker.call(any);
    if (maker.one_of(0, 3) == 0 && call.price->batch) call.is_batch = true;
    if (maker.one_of(0, 3) == 0 && call.price->long_prompts)
      call.fresh += call.price->long_prompts->than;
    const auto digits = static_cast<int>(maker.one_of(2, 12));
    const double scale = std::pow(10.0, digits);
    double cost = right_cost(call);
    if (digits < 12) cost = std::round(cost * scale) / scale;
    CallToPrice made = to_price(call);
    // What nobody says must not make a sound cost a wrong one.
    if (maker.one_of(0, 2) == 0) made.hour_writes.reset();
    if (maker.one_of(0, 2) == 0) made.tier.clear();
    if (maker.one_of(0, 2) == 0) made.time.clear();
    if (maker.one_of(0, 2) == 0) made.provider.clear();
    const CostJudgement judgement = judge_cost(PriceTable::builtin(), made, written(cost));
    CAPTURE(call.price->model);
    CAPTURE(cost);
    CHECK(judgement.verdict != CostVerdict::refuted);
    held += judgement.verdict == CostVerdict::holds;
  }
  // Those that do not: lifetimes in between, and amounts that round to 0.
  CHECK(held > kCalls / 2);
}

TEST_CASE("a cost of a model without a price is not proved") {
  CallToPrice call;
  call.model = "nobody-lists-this";
  call.counts.set(Counter::input, Count(10));
  call.counts.set(Counter::output, Count(10));
  const CostJudgement judgement = judge_cost(PriceTable::builtin(), call, written(0.5));
  CHECK(judgement.verdict == CostVerdict::unproven);
  CHECK(judgement.why_not == "no price is known for the model");
}
