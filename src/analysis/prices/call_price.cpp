#include "analysis/prices/call_price.hpp"

#include <algorithm>

namespace usagectl {
namespace {

constexpr Money::Wide kMillion = 1'000'000;
constexpr std::size_t kDayLength = 10;

/// "claude-opus-4-5-*" is any name with that beginning.
bool fits(std::string_view pattern, std::string_view model) {
  if (pattern.ends_with('*')) return model.starts_with(pattern.substr(0, pattern.size() - 1));
  return pattern == model;
}

bool is_of_model(const Price& price, std::string_view model) {
  return fits(price.model, model) ||
         std::any_of(price.also.begin(), price.also.end(),
                     [&](const std::string& name) { return fits(name, model); });
}

bool is_valid(const Price& price, std::string_view time) {
  const std::string_view day = time.substr(0, kDayLength);
  if (price.from.empty() && price.until.empty()) return true;
  if (day.size() < kDayLength) return false;
  return (price.from.empty() || price.from <= day) && (price.until.empty() || day <= price.until);
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

const Price* find_price(const PriceTable& table, const UsageRecord& record) {
  if (record.model.empty()) return nullptr;
  const std::string* const provider = scope_value(record, "provider");
  const auto& prices = table.prices();
  const auto found = std::find_if(prices.begin(), prices.end(), [&](const Price& price) {
    if (provider != nullptr && *provider != price.provider) return false;
    return is_of_model(price, record.model) && is_valid(price, record.time);
  });
  return found == prices.end() ? nullptr : &*found;
}

bool is_of_batch(const UsageRecord& record) {
  const std::string* const tier = scope_value(record, "tier");
  return tier != nullptr && *tier == "batch";
}

CallPrice price_of(const Price& price, const Counts& counts, std::optional<Count> hour_writes,
                   bool is_batch) {
  CallPrice result;
  const auto input = counts[Counter::input];
  const auto output = counts[Counter::output];
  // What nobody mentions was not used; what somebody mentions has to be understood.
  const auto used = [&](Counter counter) { return counts[counter].value_or(0); };
  if (!input || !output || counts.any_open() || used(Counter::unexplained) > 0) {
    result.why_not = NoPrice::counts_unknown;
    return result;
  }
  if (price.known_up_to && *input > *price.known_up_to) {
    result.why_not = NoPrice::beyond_prompt;
    return result;
  }
  const Count read = used(Counter::cache_read);
  const Count written = used(Counter::cache_write);
  ExactSum fresh(*input);
  fresh -= read;
  fresh -= written;
  fresh += used(Counter::tool_prompt);
  const auto fresh_tokens = fresh.count();
  const Count reasoning = price.reasoning ? used(Counter::reasoning) : 0;
  if (!fresh_tokens || *fresh_tokens < 0 || reasoning > *output ||
      hour_writes.value_or(0) > written) {
    result.why_not = NoPrice::counts_unknown;
    return result;
  }
  Bill bill;
  bill.add(*fresh_tokens, price.input);
  bill.add(read, price.cache_read);
  const Count for_an_hour = hour_writes.value_or(0);
  bill.add(written - for_an_hour, price.cache_write_5m);
  bill.add(for_an_hour, price.cache_write_1h);
  bill.add(*output - reasoning, price.output);
  bill.add(reasoning, price.reasoning);
  if (!bill.is_known() || (is_batch && !price.batch)) {
    result.why_not = NoPrice::not_listed;
    return result;
  }
  result.cost = bill.cost();
  if (is_batch) {
    // A factor has few digits, and the cost of a call is far from the largest amount.
    const Money::Wide scale = Money::last_digit(6).parts();
    result.cost = Money(result.cost.parts() / kMillion * (price.batch->parts() / scale));
  }
  result.assumes_5_minutes =
      !hour_writes && written > 0 && price.cache_write_5m != price.cache_write_1h;
  return result;
}

}  // namespace usagectl
