#include "dialects/costs/stated_cost.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace usagectl {
namespace {

struct CostName {
  std::string_view name;
  CostOf of = CostOf::whole;
  std::uint8_t rank = 0;
  std::string_view currency;
  int divided_by_digits = 0;
};

constexpr CostName kNames[] = {
#define COST_NAME(name, of, rank, currency, digits) {name, CostOf::of, rank, currency, digits},
#define COST_MEMBER(name, of, rank, currency, digits)
#include "dialects/costs/cost_names.def"
#undef COST_NAME
#undef COST_MEMBER
};

constexpr CostName kMembers[] = {
#define COST_NAME(name, of, rank, currency, digits)
#define COST_MEMBER(name, of, rank, currency, digits) {name, CostOf::of, rank, currency, digits},
#include "dialects/costs/cost_names.def"
#undef COST_NAME
#undef COST_MEMBER
};

/// Whether "cost" or "spend" is in the name, whatever its case: most names are not looked at twice.
bool says_cost(std::string_view name) {
  const auto has = [&](std::size_t at, std::string_view word) {
    for (std::size_t i = 0; i < word.size(); ++i) {
      if ((name[at + i] | 0x20) != word[i]) return false;
    }
    return true;
  };
  for (std::size_t at = 0; at + 4 <= name.size(); ++at) {
    const int first = name[at] | 0x20;
    if (first == 'c' && has(at, "cost")) return true;
    if (first == 's' && at + 5 <= name.size() && has(at, "spend")) return true;
  }
  return false;
}

/// In lower case, without what joins words; empty where it is longer than any name here.
std::string joined_of(std::string_view name) {
  constexpr std::size_t kLongest = 32;
  std::string joined;
  if (name.size() > kLongest) return joined;
  for (const char c : name) {
    if (c == '_' || c == '-' || c == ' ' || c == '.') continue;
    joined.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return joined;
}

const CostName* find(std::span<const CostName> names, std::string_view joined) {
  const auto found = std::find_if(names.begin(), names.end(),
                                  [&](const CostName& one) { return one.name == joined; });
  return found == names.end() ? nullptr : &*found;
}

/// An object under such a name has amounts in it, in the unit that the name says.
const CostName* cost_object(std::string_view joined) {
  static constexpr std::string_view kOthers[] = {"costs", "costbreakdown", "costdetails"};
  const bool is_other =
      std::find(std::begin(kOthers), std::end(kOthers), joined) != std::end(kOthers);
  const CostName* const known = find(kNames, is_other ? std::string_view("cost") : joined);
  // "spend" may be an object of budgets.
  const bool is_cost = known != nullptr && known->of == CostOf::whole &&
                       known->name.find("cost") != std::string_view::npos;
  return is_cost ? known : nullptr;
}

/// A unit of money that no token is paid with, or a number of something else in the object.
bool says_other_unit(std::string_view joined) {
  return joined.ends_with("ms") || joined.find("duration") != std::string_view::npos ||
         joined.find("lines") != std::string_view::npos || joined == "diem";
}

/// What an object of one amount and its currency says; nothing where it is no such object.
struct NamedAmount {
  std::string_view key;
  std::optional<WrittenMoney> money;  ///< nothing where it is open how much it is
};

std::optional<NamedAmount> amount_with_currency(const Json& object) {
  const Json currency = object["currency"];
  if (!currency.is_text()) return std::nullopt;
  for (const std::string_view key : {"amount", "value"}) {
    const Json value = object[key];
    if (!value.is_number() && !value.is_text()) continue;
    auto money = read_money(value);
    const Currency named = currency_called(currency.text());
    // Whole numbers may be cents, as payments count them, and another unit may be named.
    const bool is_clear = money && named.is_known() && are_comparable(named, money->currency) &&
                          object.size() == 2 &&
                          (money->amount.decimals > 0 || money->amount.money.is_zero());
    if (!is_clear) return NamedAmount{key, std::nullopt};
    money->currency = named;
    return NamedAmount{key, money};
  }
  return std::nullopt;
}

/// Whether one is the other, rounded, or both are.
bool are_alike(const Amount& a, const Amount& b) {
  CostSum one;
  one.add(b);
  return compare(a, one) != CostMatch::differs;
}
bool has_more_digits(const Amount& a, const Amount& b) {
  return !a.is_noisy && a.decimals > b.decimals;
}

}  // namespace

std::optional<Amount> read_amount(const Json& value) {
  if (value.is_text()) return read_amount(value.text());
  if (const std::string_view digits = value.wide_number(); !digits.empty())
    return read_amount(digits);
  const auto real = value.real();
  return real ? amount_of(*real) : std::nullopt;
}

std::optional<WrittenMoney> read_money(const Json& value) {
  if (value.is_text()) return read_money_text(value.text());
  const auto amount = read_amount(value);
  return amount ? std::optional(WrittenMoney{*amount, {}}) : std::nullopt;
}

/// False where the name is none of an amount.
bool StatedCost::take_amount(std::string_view name, const Json& value, bool is_member,
                             std::string key) {
  const std::string joined = joined_of(name);
  const CostName* known = is_member ? find(kMembers, joined) : nullptr;
  if (known == nullptr) known = find(kNames, joined);
  if (known == nullptr) return false;
  const auto money = read_money(value);
  const Currency currency(known->currency);
  if (!money || !are_comparable(currency, money->currency)) {
    if (!money && !(value.is_text() && has_digit(value.text()))) return false;
    if (known->of == CostOf::whole) note_unread(key);
    return true;
  }
  take_amount({known->of, known->rank, is_member, either_known(currency, money->currency),
               divided(money->amount, known->divided_by_digits), std::move(key)});
  return true;
}

void StatedCost::take_amount(StatedAmount&& amount) {
  amount.currency = either_known(amount.currency, currency_);
  amounts_.push_back(std::move(amount));
}

/// {"cost": 0.1, "currency": "EUR"}, in whatever order.
void StatedCost::take_currency(std::string_view name) {
  currency_ = either_known(currency_, currency_called(name));
  for (StatedAmount& amount : amounts_) amount.currency = either_known(amount.currency, currency_);
}

/// {"input": 0.1, "output": 0.2}; {"amount": 0.1, "currency": "USD"}.
void StatedCost::take_members(std::string_view name, const Json& value) {
  const std::string joined = joined_of(name);
  const CostName* const object = cost_object(joined);
  if (const auto named = amount_with_currency(value)) {
    const CostName* const known = object != nullptr ? object : find(kNames, joined);
    if (known == nullptr) return;
    std::string key(name);
    key.append("/").append(named->key);
    if (named->money && are_comparable(Currency(known->currency), named->money->currency)) {
      take_amount({known->of, known->rank, false,
                   either_known(Currency(known->currency), named->money->currency),
                   divided(named->money->amount, known->divided_by_digits), std::move(key)});
    } else if (known->of == CostOf::whole) {
      note_unread(key);
    }
    return;
  }
  if (object == nullptr) return;
  value.each_member([&](std::string_view member, const Json& one) {
    if (!one.is_number() && !one.is_text()) return;
    const std::size_t before = amounts_.size();
    std::string key(name);
    key.append("/").append(member);
    if (!take_amount(member, one, true, std::move(key)) && one.is_number() &&
        !says_other_unit(joined_of(member)))
      has_other_members_ = true;
    if (amounts_.size() == before) return;
    StatedAmount& taken = amounts_.back();
    taken.currency = either_known(taken.currency, Currency(object->currency));
    taken.amount = divided(taken.amount, object->divided_by_digits);
  });
}

void StatedCost::take(std::string_view name, const Json& value) {
  if (name.ends_with("urrency")) {
    const std::string joined = joined_of(name);
    if (joined == "currency" || joined == "costcurrency") take_currency(value.text());
    return;
  }
  if (!says_cost(name)) return;
  if (value.is_object()) return take_members(name, value);
  if (!value.is_number() && !value.is_text()) return;
  if (!take_amount(name, value, false, std::string(name)) && value.is_number() &&
      name.find("ost") != std::string_view::npos)
    has_other_amounts_ = true;
}

/// The amount whose name says most surely that it is that of the usage, with the most digits of
/// those that agree; nullptr where two say so and differ. `of_members`: of a cost object, or beside
/// it.
const StatedAmount* StatedCost::stated_whole(std::optional<bool> of_members) const {
  const StatedAmount* best = nullptr;
  bool differs = false;
  for (const StatedAmount& one : amounts_) {
    if (one.of != CostOf::whole || (of_members && one.is_member != *of_members)) continue;
    if (best == nullptr || one.rank < best->rank) {
      best = &one;
      differs = false;
    } else if (one.rank == best->rank && are_comparable(one.currency, best->currency)) {
      differs = differs || !are_alike(one.amount, best->amount);
      if (has_more_digits(one.amount, best->amount)) best = &one;
    }
  }
  return differs ? nullptr : best;
}

std::optional<StatedCost::Disagreement> StatedCost::disagreement() const {
  const auto between = [](const StatedAmount& one, const StatedAmount& other, bool is_total) {
    return Disagreement{
        {one.amount.money, other.amount.money, either_known(one.currency, other.currency)},
        one.key,
        other.key,
        is_total};
  };
  for (const StatedAmount& one : amounts_) {
    for (const StatedAmount& other : amounts_) {
      if (&one == &other || one.of != CostOf::whole || other.of != CostOf::whole ||
          !are_comparable(one.currency, other.currency) || are_alike(one.amount, other.amount))
        continue;
      // An estimate is another thing, and a total may be that of all calls so far.
      if (one.rank == other.rank) return between(other, one, false);
      if (one.rank == 1 && other.rank == 0 && !one.amount.money.is_zero() &&
          one.amount.money < other.amount.money)
        return between(one, other, true);
    }
  }
  return std::nullopt;
}

std::optional<Cost> StatedCost::whole() const {
  if (const StatedAmount* const stated = stated_whole(std::nullopt)) {
    // "cost" and "cost_usd" of one amount.
    Currency currency = stated->currency;
    for (const StatedAmount& one : amounts_) {
      if (one.of == CostOf::whole && one.rank == stated->rank && !currency.is_known())
        currency = one.currency;
    }
    return Cost{stated->amount, currency, stated->key};
  }
  const bool any_whole = std::any_of(amounts_.begin(), amounts_.end(), [](const StatedAmount& one) {
    return one.of == CostOf::whole;
  });
  if (any_whole || has_other_members_ || has_other_amounts_) return std::nullopt;
  // Input and output alone leave nothing out.
  const StatedAmount* input = nullptr;
  const StatedAmount* output = nullptr;
  for (const StatedAmount& one : amounts_) {
    if (one.of == CostOf::input && input == nullptr) {
      input = &one;
    } else if (one.of == CostOf::output && output == nullptr) {
      output = &one;
    } else if (!one.amount.money.is_zero()) {
      return std::nullopt;
    }
  }
  if (input == nullptr || output == nullptr) return std::nullopt;
  CostSum sum;
  sum.add(input->amount);
  sum.add(output->amount);
  return Cost{{sum.sum, sum.decimals, sum.is_noisy}, input->currency, {}};
}

std::optional<StatedCost::Refuted> StatedCost::compare_parts(bool& held) const {
  for (const bool of_members : {true, false}) {
    if (auto refuted = compare_parts(of_members, held)) return refuted;
  }
  return std::nullopt;
}

std::optional<StatedCost::Refuted> StatedCost::compare_parts(bool of_members, bool& held) const {
  const StatedAmount* const whole = stated_whole(of_members);
  if (whole == nullptr) return std::nullopt;
  std::array<CostSum, 3> sums;  // of all parts, without the cache, and without reasoning as well
  bool has_input = false;
  bool has_output = false;
  for (const StatedAmount& one : amounts_) {
    if (one.of == CostOf::whole || one.is_member != of_members) continue;
    has_input = has_input || one.of == CostOf::input;
    has_output = has_output || one.of == CostOf::output;
    sums[0].add(one.amount);
    if (one.of == CostOf::cache_read || one.of == CostOf::cache_write) continue;
    sums[1].add(one.amount);
    if (one.of != CostOf::reasoning) sums[2].add(one.amount);
  }
  if (!has_input || !has_output) return std::nullopt;
  for (const CostSum& sum : sums) {
    if (compare(whole->amount, sum) == CostMatch::differs) continue;
    held = true;
    return std::nullopt;
  }
  const bool has_others = of_members ? has_other_members_ : has_other_amounts_;
  // What is not understood may be a part as well, or a discount.
  if (has_others) return std::nullopt;
  // The parts of the cache and of reasoning may be inside of others.
  const bool is_below = whole->amount.money < sums[2].sum;
  return Refuted{{whole->amount.money, sums[0].sum, whole->currency},
                 whole->key,
                 sums[0].records,
                 is_below,
                 of_members};
}

void StatedCost::add(const StatedCost& more) {
  std::vector<StatedAmount> both;
  for (StatedAmount& mine : amounts_) {
    const auto other =
        std::find_if(more.amounts_.begin(), more.amounts_.end(), [&](const StatedAmount& one) {
          return one.key == mine.key && one.currency == mine.currency;
        });
    if (other == more.amounts_.end()) continue;
    CostSum sum;
    sum.add(mine.amount);
    sum.add(other->amount);
    if (sum.overflows) continue;
    mine.amount = {sum.sum, sum.decimals, sum.is_noisy};
    both.push_back(std::move(mine));
  }
  amounts_ = std::move(both);
  if (unread_.empty()) unread_ = more.unread_;
  has_other_members_ = has_other_members_ || more.has_other_members_;
  has_other_amounts_ = has_other_amounts_ || more.has_other_amounts_;
}

}  // namespace usagectl
