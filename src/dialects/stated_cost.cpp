#include "dialects/stated_cost.hpp"

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
#include "dialects/cost_names.def"
#undef COST_NAME
#undef COST_MEMBER
};

constexpr CostName kMembers[] = {
#define COST_NAME(name, of, rank, currency, digits)
#define COST_MEMBER(name, of, rank, currency, digits) {name, CostOf::of, rank, currency, digits},
#include "dialects/cost_names.def"
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

bool is_cost_object(std::string_view joined) {
  return joined == "cost" || joined == "costs" || joined == "costbreakdown" ||
         joined == "costdetails" || joined == "costusd";
}

/// A unit of money that no token is paid with, or a number of something else in the object.
bool says_other_unit(std::string_view joined) {
  return joined.ends_with("ms") || joined.find("duration") != std::string_view::npos ||
         joined.find("lines") != std::string_view::npos || joined == "diem";
}

}  // namespace

std::optional<Amount> read_amount(const Json& value) {
  if (value.is_text()) return read_amount(value.text());
  if (const std::string_view digits = value.wide_number(); !digits.empty())
    return read_amount(digits);
  const auto real = value.real();
  return real ? amount_of(*real) : std::nullopt;
}

bool StatedCost::take_amount(std::string_view name, const Json& value, bool is_member,
                             std::string key) {
  const std::string joined = joined_of(name);
  const CostName* known = is_member ? find(kMembers, joined) : nullptr;
  if (known == nullptr) known = find(kNames, joined);
  if (known == nullptr) return false;
  const auto amount = read_amount(value);
  if (!amount) return false;
  amounts_.push_back({known->of, known->rank, is_member, Currency(known->currency),
                      divided(*amount, known->divided_by_digits), std::move(key)});
  return true;
}

void StatedCost::take(std::string_view name, const Json& value) {
  if (!says_cost(name)) return;
  if (value.is_object()) {
    const std::string joined = joined_of(name);
    if (!is_cost_object(joined)) return;
    const bool is_in_dollars = joined == "costusd";
    value.each_member([&](std::string_view member, const Json& one) {
      if (!one.is_number() && !one.is_text()) return;
      const std::size_t before = amounts_.size();
      std::string key(name);
      key.append("/").append(member);
      if (!take_amount(member, one, true, std::move(key)) && one.is_number() &&
          !says_other_unit(joined_of(member)))
        has_other_members_ = true;
      if (is_in_dollars && amounts_.size() > before) amounts_.back().currency = Currency("USD");
    });
    return;
  }
  if (!value.is_number() && !value.is_text()) return;
  if (!take_amount(name, value, false, std::string(name)) && value.is_number() &&
      name.find("ost") != std::string_view::npos)
    has_other_amounts_ = true;
}

/// The amount whose name says most surely that it is that of the usage; nullptr where two say so
/// and differ. `of_members`: of a cost object, or beside it.
const StatedAmount* StatedCost::stated_whole(std::optional<bool> of_members) const {
  const StatedAmount* best = nullptr;
  bool differs = false;
  for (const StatedAmount& one : amounts_) {
    if (one.of != CostOf::whole || (of_members && one.is_member != *of_members)) continue;
    if (best == nullptr || one.rank < best->rank) {
      best = &one;
      differs = false;
    } else if (one.rank == best->rank && one.amount.money != best->amount.money) {
      differs = true;
    }
  }
  return differs ? nullptr : best;
}

std::optional<Cost> StatedCost::whole() const {
  if (const StatedAmount* const stated = stated_whole(std::nullopt))
    return Cost{stated->amount, stated->currency, stated->key};
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
  has_other_members_ = has_other_members_ || more.has_other_members_;
  has_other_amounts_ = has_other_amounts_ || more.has_other_amounts_;
}

}  // namespace usagectl
