#include "model/cost.hpp"

#include <algorithm>

namespace usagectl {
namespace {

/// Nobody rounds money to less than cents; 0.1 may be 0.10.
constexpr int kFewestDecimals = 2;

/// Half of the last digit that is written.
Money half_digit(std::uint8_t decimals) {
  return Money(Money::last_digit(std::max<int>(decimals, kFewestDecimals)).parts() / 2);
}

}  // namespace

void CostSum::add(const Amount& amount) {
  overflows = !sum.add(amount.money) || !magnitude.add(amount.money.magnitude()) || overflows;
  ++records;
  zeros += amount.money.is_zero() ? 1 : 0;
  decimals = std::max(decimals, amount.decimals);
  is_noisy = is_noisy || amount.is_noisy;
}

CostSum& CostSums::of(Currency currency) {
  const auto at = std::lower_bound(
      sums_.begin(), sums_.end(), currency,
      [](const CostSum& sum, const Currency& wanted) { return sum.currency < wanted; });
  if (at != sums_.end() && at->currency == currency) return *at;
  CostSum sum;
  sum.currency = currency;
  return *sums_.insert(at, sum);
}

void CostSums::add(const Cost& cost) { of(cost.currency).add(cost.amount); }

void CostSums::remove(const Cost& cost) {
  CostSum& sum = of(cost.currency);
  static_cast<void>(sum.sum.subtract(cost.amount.money));
  static_cast<void>(sum.magnitude.subtract(cost.amount.money.magnitude()));
  sum.zeros -= cost.amount.money.is_zero() ? 1 : 0;
  if (--sum.records == 0)
    std::erase_if(sums_, [&](const CostSum& one) { return one.currency == cost.currency; });
}

void CostSums::merge(const CostSums& other) {
  for (const CostSum& more : other.sums_) {
    CostSum& sum = of(more.currency);
    sum.overflows = !sum.sum.add(more.sum) || !sum.magnitude.add(more.magnitude) || sum.overflows ||
                    more.overflows;
    sum.records += more.records;
    sum.zeros += more.zeros;
    sum.decimals = std::max(sum.decimals, more.decimals);
    sum.is_noisy = sum.is_noisy || more.is_noisy;
  }
}

std::uint64_t CostSums::records() const {
  std::uint64_t records = 0;
  for (const CostSum& sum : sums_) records += sum.records;
  return records;
}

std::uint64_t CostSums::zeros() const {
  std::uint64_t zeros = 0;
  for (const CostSum& sum : sums_) zeros += sum.zeros;
  return zeros;
}

std::optional<CostSum> CostSums::whole(std::uint64_t of_records) const {
  if (sums_.size() != 1 || sums_.front().records != of_records || sums_.front().overflows)
    return std::nullopt;
  return sums_.front();
}

CostMatch compare(const Amount& total, const CostSum& parts) {
  Money difference = total.money;
  if (parts.overflows || !difference.subtract(parts.sum)) return CostMatch::differs;
  if (difference.is_zero()) return CostMatch::exact;
  difference = difference.magnitude();
  const auto within = [&](Money::Wide limit) { return difference.parts() <= limit; };
  const auto parts_of = static_cast<Money::Wide>(parts.records);
  // (n + 2) * 2^-51 of the larger of both sides. One with noise may itself be the sum of thousands.
  const Money::Wide side = std::max(parts.magnitude.parts(), total.money.magnitude().parts());
  constexpr Money::Wide kNoise = Money::Wide{1} << 51;
  constexpr Money::Wide kNoisy = 1'000'000'000'000;
  const bool has_noise = total.is_noisy || parts.is_noisy;
  const Money::Wide noise =
      std::max(side / kNoise * (parts_of + 2), has_noise ? side / kNoisy : Money::Wide{0});
  if (within(noise)) return CostMatch::but_for_noise;
  Money::Wide slack = 0;
  if (!total.is_noisy) slack += half_digit(total.decimals).parts();
  if (!parts.is_noisy && !parts.magnitude.is_zero())
    slack += parts_of * half_digit(parts.decimals).parts();
  return within(slack) ? CostMatch::as_rounded : CostMatch::differs;
}

std::string cost_text(const Money& money, Currency currency) {
  std::string text = money.text();
  if (currency.is_known()) text.append(" ").append(currency.code());
  return text;
}

}  // namespace usagectl
