#include "analysis/prices/cost_judgement.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "analysis/prices/wrong_costs.hpp"
#include "base/utc_time.hpp"
#include "dialects/service_tier.hpp"

namespace usagectl {
namespace {

/// Of a cost that is written with fewer digits than these, many readings may give it: half of its
/// last digit is at most this part of it.
constexpr Money::Wide kSomeDigits = 200;
constexpr Money::Wide kEnoughDigits = 5'000;

/// A call by one price, with one reading of what is unknown of it.
struct PricedCall {
  const Price* price = nullptr;
  BilledTokens tokens;
  Money cost;
};

bool has_digits(const Amount& amount, Money::Wide part) {
  return amount.is_noisy ||
         Money::last_digit(amount.decimals).parts() / 2 * part <= amount.money.magnitude().parts();
}

class Judge {
 public:
  Judge(const CallToPrice& call, const Cost& cost) : call_(call), cost_(cost) {}

  CostJudgement judge(const PriceTable& table) {
    if (cost_.amount.money.is_zero()) return unproven("the cost is 0");
    if (call_.model.empty()) return unproven("no model is named");
    for (const Price& price : table.prices()) {
      if (!is_for(price, call_.model, call_.provider)) continue;
      (is_valid(price)          ? valid_
       : is_nearly_valid(price) ? nearly_valid_
                                : others_)
          .push_back(&price);
    }
    valid_.insert(valid_.end(), nearly_valid_.begin(), nearly_valid_.end());
    if (valid_.empty())
      return unproven(others_.empty() ? "no price is known for the model"
                                      : "no price is known for the day");
    const bool has_price = is_standard_tier(call_.tier) || call_.tier == kBatchTier;
    if (!has_price) return unproven("no price is known for the tier of service");
    const auto tokens = billed_tokens(call_.counts, call_.hour_writes);
    if (!tokens) return unproven("counts that a price needs are unknown");
    if (tokens->prompt + tokens->output == 0) return unproven("no tokens were used");
    readings_ = {*tokens};
    if (!call_.hour_writes && tokens->written_5m > 0) {
      BilledTokens for_an_hour = *tokens;
      for_an_hour.written_1h = std::exchange(for_an_hour.written_5m, 0);
      readings_.push_back(for_an_hour);
    }
    return compare_with_prices();
  }

 private:
  static CostJudgement unproven(std::string_view why) {
    CostJudgement judgement;
    judgement.why_not = why;
    return judgement;
  }

  /// Without a time, any may have been.
  bool is_valid(const Price& price) const {
    return call_.time.empty() || is_valid_at(price, call_.time);
  }

  /// Prices change at some hour of a day, in some zone.
  bool is_nearly_valid(const Price& price) const {
    constexpr std::int64_t kDay = 24LL * 60 * 60 * 1000;
    const auto time = milliseconds_of(call_.time);
    return time && (is_valid_at(price, utc_time_of_milliseconds(*time - kDay)) ||
                    is_valid_at(price, utc_time_of_milliseconds(*time + kDay)));
  }

  bool is_other_currency(const Price& price) const {
    return cost_.currency.is_known() && cost_.currency != price.currency;
  }

  CostJudgement compare_with_prices() {
    bool is_beyond = false;
    for (const Price* const price : valid_) {
      for (const BilledTokens& tokens : readings_) {
        if (price->known_up_to && tokens.prompt > *price->known_up_to) {
          is_beyond = true;
          continue;
        }
        const bool is_long = price->long_prompts && tokens.prompt > price->long_prompts->than;
        // Of a sum, some calls may have had long prompts, and others not.
        if (is_long && call_.is_sum) is_beyond = true;
        const auto cost = cost_of(rates_for(*price, tokens.prompt), tokens);
        if (!cost) continue;
        const bool is_batch = call_.tier == kBatchTier;
        if (is_batch && !price->batch) continue;
        right_.push_back({price, tokens, is_batch ? part_of(*cost, *price->batch) : *cost});
        // Not every log says that a call was in a batch.
        if (call_.tier.empty() && price->batch) maybe_.push_back(part_of(*cost, *price->batch));
      }
    }
    if (is_beyond) return unproven("the price of longer prompts is unknown");
    if (right_.empty()) return unproven("no price is known for what was used");
    for (const PricedCall& one : right_) {
      if (!is_other_currency(*one.price) && gives(cost_, one.cost)) return held(one);
    }
    for (const Money cost : maybe_) {
      if (gives(cost_, cost)) return held(right_.front());
    }
    if (is_between()) return unproven("it depends on how long the cache lives");
    // It knows what it charges, and for whom; a list of prices does not.
    if (call_.is_charge) return unproven("the provider charges another price than the known ones");
    return look_for_causes();
  }

  CostJudgement held(const PricedCall& one) const {
    CostJudgement judgement;
    judgement.verdict = CostVerdict::holds;
    judgement.calculated = one.cost;
    judgement.price = one.price;
    return judgement;
  }

  /// Whether some of the cache may live for an hour and the rest for five minutes.
  bool is_between() const {
    if (readings_.size() < 2) return false;
    const auto [least, most] = std::minmax_element(
        right_.begin(), right_.end(),
        [](const PricedCall& a, const PricedCall& b) { return a.cost < b.cost; });
    return least->cost < cost_.amount.money && cost_.amount.money < most->cost;
  }

  CostJudgement look_for_causes() {
    if (!has_digits(cost_.amount, kSomeDigits)) return unproven("the cost has too few digits");
    CostJudgement judgement;
    const auto blame = [&](std::string_view cause, const PricedCall& right) {
      judgement.verdict = CostVerdict::refuted;
      if (judgement.causes.empty()) {
        judgement.price = right.price;
        judgement.calculated = right.cost;
      }
      if (std::find(judgement.causes.begin(), judgement.causes.end(), cause) ==
          judgement.causes.end())
        judgement.causes.push_back(cause);
    };
    for (const PricedCall& right : right_) {
      if (is_other_currency(*right.price)) {
        if (gives(cost_, right.cost)) blame("wrong-currency", right);
        continue;
      }
      blame_readings(right, blame);
      for (const Price* const other : others_) blame_other_time(*other, right, blame);
    }
    if (judgement.causes.empty()) return unproven("no known price and no known mistake gives it");
    const bool is_of_provider = !call_.provider.empty();
    judgement.is_sure = is_of_provider && has_digits(cost_.amount, kEnoughDigits);
    return judgement;
  }

  template <typename Blame>
  void blame_readings(const PricedCall& right, const Blame& blame) const {
    const Price& price = *right.price;
    const bool is_batch = call_.tier == kBatchTier;
    const auto billed = [&](Money cost) { return is_batch ? part_of(cost, *price.batch) : cost; };
    const Rates& rates = rates_for(price, right.tokens.prompt);
    for (const WrongCost& wrong : wrong_costs(rates, right.tokens)) {
      if (gives(cost_, billed(wrong.cost))) blame(wrong.cause, right);
    }
    if (is_batch) {
      if (const auto cost = cost_of(rates, right.tokens); cost && gives(cost_, *cost))
        blame("batch-discount-missed", right);
    }
    if (&rates != &price.rates) {
      if (const auto cost = cost_of(price.rates, right.tokens); cost && gives(cost_, billed(*cost)))
        blame("short-prompt-priced", right);
    }
    const bool is_times_1000 = gives(cost_, Money(right.cost.parts() * 1000));
    if (is_times_1000 || gives(cost_, Money(right.cost.parts() / 1000)))
      blame("per-thousand-price", right);
  }

  template <typename Blame>
  void blame_other_time(const Price& other, const PricedCall& right, const Blame& blame) const {
    if (other.provider != right.price->provider || other.currency != right.price->currency) return;
    const auto cost = cost_of(rates_for(other, right.tokens.prompt), right.tokens);
    if (!cost || (call_.tier == kBatchTier && !other.batch)) return;
    if (gives(cost_, call_.tier == kBatchTier ? part_of(*cost, *other.batch) : *cost))
      blame("price-of-another-time", right);
  }

  const CallToPrice& call_;
  const Cost& cost_;
  std::vector<const Price*> valid_;
  std::vector<const Price*> nearly_valid_;
  std::vector<const Price*> others_;
  std::vector<BilledTokens> readings_;
  std::vector<PricedCall> right_;
  std::vector<Money> maybe_;
};

}  // namespace

bool gives(const Cost& stated, Money calculated) {
  CostSum sum;
  sum.add({calculated, 0, false});
  sum.decimals = Money::kDecimals;
  return compare(stated.amount, sum) != CostMatch::differs;
}

bool has_enough_digits(const Amount& amount) { return has_digits(amount, kEnoughDigits); }

CostJudgement judge_cost(const PriceTable& table, const CallToPrice& call, const Cost& cost) {
  return Judge(call, cost).judge(table);
}

}  // namespace usagectl
