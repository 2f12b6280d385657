#include "analysis/prices/call_price.hpp"

#include <algorithm>

#include "dialects/service_tier.hpp"

namespace usagectl {
namespace {

constexpr Money::Wide kMillion = 1'000'000;
constexpr std::size_t kDayLength = 10;

/// "claude-opus-4-5-*" is any name with that beginning.
bool fits(std::string_view pattern, std::string_view model) {
  if (pattern.ends_with('*')) return model.starts_with(pattern.substr(0, pattern.size() - 1));
  return pattern == model;
}

/// The sum of what tokens cost, until one of them does not fit or has no price.
class Bill {
 public:
  void add(Count tokens, const std::optional<Money>& for_a_million) {
    if (tokens == 0 || !is_known_) return;
    Money::Wide parts = 0;
    is_known_ = for_a_million &&
                !__builtin_mul_overflow(for_a_million->parts(), Money::Wide{tokens}, &parts) &&
                parts_.add(Money(parts));
  }
  bool is_known() const { return is_known_; }
  Money cost() const { return Money(parts_.parts() / kMillion); }

 private:
  Money parts_;  ///< of a million
  bool is_known_ = true;
};

}  // namespace

bool is_for(const Price& price, std::string_view model, std::string_view provider) {
  if (!provider.empty() && provider != price.provider) return false;
  return fits(price.model, model) ||
         std::any_of(price.also.begin(), price.also.end(),
                     [&](const std::string& name) { return fits(name, model); });
}

bool is_valid_at(const Price& price, std::string_view time) {
  if (price.from.empty() && price.until.empty()) return true;
  const std::string_view day = time.substr(0, kDayLength);
  if (day.size() < kDayLength) return false;
  return (price.from.empty() || price.from <= day) && (price.until.empty() || day <= price.until);
}

const Price* find_price(const PriceTable& table, const UsageRecord& record) {
  if (record.model.empty()) return nullptr;
  const std::string* const provider = scope_value(record, "provider");
  const auto& prices = table.prices();
  const auto found = std::find_if(prices.begin(), prices.end(), [&](const Price& price) {
    return is_for(price, record.model, provider == nullptr ? std::string_view() : *provider) &&
           is_valid_at(price, record.time);
  });
  return found == prices.end() ? nullptr : &*found;
}

std::optional<BilledTokens> billed_tokens(const Counts& counts, std::optional<Count> hour_writes) {
  const auto input = counts[Counter::input];
  const auto output = counts[Counter::output];
  // What nobody mentions was not used; what somebody mentions has to be understood.
  const auto used = [&](Counter counter) { return counts[counter].value_or(0); };
  if (!input || !output || counts.any_open() || used(Counter::unexplained) > 0) return std::nullopt;
  BilledTokens tokens;
  tokens.prompt = *input;
  tokens.read = used(Counter::cache_read);
  const Count written = used(Counter::cache_write);
  tokens.written_1h = hour_writes.value_or(0);
  tokens.written_5m = written - tokens.written_1h;
  ExactSum fresh(*input);
  fresh -= tokens.read;
  fresh -= written;
  fresh += used(Counter::tool_prompt);
  const auto fresh_tokens = fresh.count();
  tokens.output = *output;
  tokens.reasoning = used(Counter::reasoning);
  if (!fresh_tokens || *fresh_tokens < 0 || tokens.reasoning > tokens.output ||
      tokens.written_5m < 0)
    return std::nullopt;
  tokens.fresh = *fresh_tokens;
  return tokens;
}

const Rates& rates_for(const Price& price, Count prompt) {
  return price.long_prompts && prompt > price.long_prompts->than ? price.long_prompts->rates
                                                                 : price.rates;
}

std::optional<Money> cost_of(const Rates& rates, const BilledTokens& tokens) {
  const Count reasoning = rates.reasoning ? tokens.reasoning : 0;
  Bill bill;
  bill.add(tokens.fresh, rates.input);
  bill.add(tokens.read, rates.cache_read);
  bill.add(tokens.written_5m, rates.cache_write_5m);
  bill.add(tokens.written_1h, rates.cache_write_1h);
  bill.add(tokens.output - reasoning, rates.output);
  bill.add(reasoning, rates.reasoning);
  return bill.is_known() ? std::optional<Money>(bill.cost()) : std::nullopt;
}

Money part_of(Money cost, Money factor) {
  // A factor has few digits, and the cost of a call is far from the largest amount.
  const Money::Wide scale = Money::last_digit(6).parts();
  return Money(cost.parts() / kMillion * (factor.parts() / scale));
}

CallPrice price_of(const Price& price, const Counts& counts, std::optional<Count> hour_writes,
                   BilledTier tier, bool is_sum) {
  const auto failed = [](NoPrice why) {
    CallPrice none;
    none.why_not = why;
    return none;
  };
  if (tier == BilledTier::other) return failed(NoPrice::other_tier);
  const bool is_batch = tier == BilledTier::batch;
  const auto tokens = billed_tokens(counts, hour_writes);
  if (!tokens) return failed(NoPrice::counts_unknown);
  if (price.known_up_to && tokens->prompt > *price.known_up_to)
    return failed(NoPrice::beyond_prompt);
  if (is_sum && price.long_prompts && tokens->prompt > price.long_prompts->than)
    return failed(NoPrice::beyond_prompt);
  const Rates& rates = rates_for(price, tokens->prompt);
  const auto cost = cost_of(rates, *tokens);
  if (!cost || (is_batch && !price.batch)) return failed(NoPrice::not_listed);
  CallPrice result;
  result.cost = is_batch ? part_of(*cost, *price.batch) : *cost;
  result.assumes_5_minutes =
      !hour_writes && tokens->written_5m > 0 && rates.cache_write_5m != rates.cache_write_1h;
  result.assumes_no_cache = !counts.has(Counter::cache_read) && tokens->prompt > 0 &&
                            rates.cache_read && rates.cache_read != rates.input;
  return result;
}

BilledTier billed_tier(const UsageRecord& record) {
  const std::string* const tier = scope_value(record, "tier");
  if (tier == nullptr || is_standard_tier(*tier)) return BilledTier::standard;
  return *tier == kBatchTier ? BilledTier::batch : BilledTier::other;
}

}  // namespace usagectl
