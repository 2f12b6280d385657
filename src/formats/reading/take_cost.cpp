#include "formats/reading/take_cost.hpp"

#include <algorithm>
#include <utility>

namespace usagectl {
namespace {

struct DialectCurrency {
  std::string_view dialect;
  Currency currency;
  bool is_charge = false;  ///< the provider states what it charges itself
};

/// As which the members of an object are read that a format knows to be a cost.
constexpr std::string_view kCostName = "cost";

constexpr DialectCurrency kCurrencies[] = {
#define COST_CURRENCY(dialect, currency, is_charge) {dialect, Currency(currency), is_charge},
#include "formats/reading/cost_currencies.def"
#undef COST_CURRENCY
};

Currency currency_of_one(std::string_view dialect) {
  for (const DialectCurrency& known : kCurrencies) {
    if (known.dialect == dialect) return known.currency;
  }
  return {};
}

/// Calls `visit` with the name of each dialect that it may be: "openai.chat|together".
template <typename Visit>
void each_dialect(std::string_view dialects, const Visit& visit) {
  while (!dialects.empty()) {
    const auto end = std::min(dialects.find('|'), dialects.size());
    visit(dialects.substr(0, end));
    dialects.remove_prefix(std::min(end + 1, dialects.size()));
  }
}

/// What the dialect writes costs in; of several that may be it, where all of them do.
Currency currency_of(std::string_view dialects) {
  std::optional<Currency> all;
  each_dialect(dialects, [&](std::string_view name) {
    const Currency one = currency_of_one(name);
    all = !all || *all == one ? one : Currency();
  });
  return all.value_or(Currency());
}

void give(UsageRecord& record, Cost&& cost) {
  if (!cost.currency.is_known()) cost.currency = currency_of(record.dialect);
  record.cost = std::make_shared<const Cost>(std::move(cost));
}

void warn(const UsageRecord& record, const std::string& key, std::string_view outward,
          std::string explanation, std::optional<ComparedCost> cost, Observations& observations) {
  Finding finding;
  finding.rule = Rule::cost;
  finding.severity = Severity::warning;
  finding.place = place_of_cost(record.place, std::string(outward) + key);
  finding.counter = "cost";
  finding.cost = std::move(cost);
  finding.explanation = std::move(explanation);
  observations.finding(std::move(finding));
}

void check(const UsageRecord& record, const StatedCost& stated, std::string_view outward,
           Observations& observations) {
  if (const std::string key = stated.unread(); !key.empty())
    warn(record, key, outward, "what the usage cost is written in a way that leaves open how much",
         {}, observations);
  if (const auto two = stated.disagreement()) {
    warn(record, two->key, outward,
         two->is_total_below_part ? two->key + " is less than " + two->other + ", which is taken"
                                  : two->key + " and " + two->other +
                                        " are costs of one usage and disagree: none is taken",
         two->cost, observations);
  }
  bool held = false;
  const auto refuted = stated.compare_parts(held);
  if (held) observations.held();
  if (!refuted) return;
  Finding finding;
  finding.rule = Rule::cost;
  // More than its parts may be a fee that nobody lists.
  const bool is_sure = refuted->is_below_its_parts || refuted->is_all;
  finding.severity = is_sure ? Severity::error : Severity::warning;
  finding.place = place_of_cost(record.place, std::string(outward) + refuted->key);
  finding.counter = "cost";
  finding.cost = refuted->cost;
  finding.basis = "sum of its " + std::to_string(refuted->parts) + " parts";
  finding.explanation = is_sure ? "the cost is not the sum of its parts"
                                : "the cost is more than its parts, and nothing says for what";
  observations.finding(std::move(finding));
}

}  // namespace

Place place_of_cost(Place record, std::string_view key) {
  while (key.starts_with("../")) {
    key.remove_prefix(3);
    record.pointer.resize(std::min(record.pointer.rfind('/'), record.pointer.size()));
  }
  if (!key.empty()) record.pointer.append("/").append(key);
  return record;
}

void take_cost(UsageRecord& record, const StatedCost& inside, const StatedCost& beside,
               Observations& observations) {
  if (!inside.empty()) {
    if (auto cost = inside.whole()) give(record, std::move(*cost));
    check(record, inside, {}, observations);
  }
  if (record.cost || beside.empty()) return;
  if (auto cost = beside.whole()) {
    if (!cost->key.empty()) cost->key.insert(0, "../");
    give(record, std::move(*cost));
  }
  check(record, beside, "../", observations);
}

void check_cost_of_all(const Json& total, const CostSum& parts, std::string_view parts_name,
                       const Place& place, Observations& observations) {
  const auto amount = read_amount(total);
  if (!amount) return;
  if (compare(*amount, parts) != CostMatch::differs) {
    observations.held();
    return;
  }
  // What an earlier process of the session cost may be in the total alone.
  const bool is_more = parts.sum < amount->money;
  observations.finding(
      {.rule = Rule::cost,
       .severity = is_more ? Severity::note : Severity::error,
       .place = place,
       .counter = "cost",
       .cost = ComparedCost{amount->money, parts.sum, Currency("USD")},
       .basis = "sum of " + std::to_string(parts.records) + " " + std::string(parts_name),
       .explanation = std::string("the cost of the session is ") + (is_more ? "more" : "less") +
                      " than what its " + std::string(parts_name) + " cost"});
}

bool is_charge_of_provider(std::string_view dialects) {
  bool is_charge = false;
  each_dialect(dialects, [&](std::string_view name) {
    for (const DialectCurrency& known : kCurrencies) {
      if (known.dialect == name && known.is_charge) is_charge = true;
    }
  });
  return is_charge;
}

CostOfRecord cost_at(const Json& value, Currency currency, std::string where) {
  if (value.is_object()) {
    StatedCost stated;
    stated.take(kCostName, value);
    auto cost = stated.whole();
    if (!cost || !are_comparable(cost->currency, currency)) return nullptr;
    where.append(cost->key.substr(std::min(kCostName.size(), cost->key.size())));
    return std::make_shared<const Cost>(
        Cost{cost->amount, either_known(cost->currency, currency), std::move(where)});
  }
  const auto money = read_money(value);
  if (!money || !are_comparable(money->currency, currency)) return nullptr;
  return std::make_shared<const Cost>(
      Cost{money->amount, either_known(money->currency, currency), std::move(where)});
}

}  // namespace usagectl
