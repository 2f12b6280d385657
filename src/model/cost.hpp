#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/money.hpp"

namespace usagectl {

/// What a file states that some usage cost.
struct Cost {
  Amount amount;
  Currency currency;
  /// Where it is: below the usage object ("cost/total"), or "../" and the rest for one beside it.
  std::string key;

  friend bool operator==(const Cost&, const Cost&) = default;
};

/// Most records have none, and those that have one share it with their copies.
using CostOfRecord = std::shared_ptr<const Cost>;

/// The sum of costs in one currency.
struct CostSum {
  Currency currency;
  Money sum;
  Money magnitude;  ///< the sum without signs
  std::uint64_t records = 0;
  std::uint64_t zeros = 0;    ///< of them cost nothing, or nobody knew what they cost
  std::uint8_t decimals = 0;  ///< the most that one of them was written with
  bool is_noisy = false;      ///< one of them is
  bool overflows = false;

  void add(const Amount& amount);
};

/// Sums by currency: amounts of different ones are never added up.
class CostSums {
 public:
  void add(const Cost& cost);
  /// Takes back what was added.
  void remove(const Cost& cost);
  void merge(const CostSums& other);

  bool empty() const { return sums_.empty(); }
  const std::vector<CostSum>& by_currency() const { return sums_; }
  /// How many records had a cost.
  std::uint64_t records() const;
  /// How many of them had a cost of 0.
  std::uint64_t zeros() const;
  /// The sum where all of these records had a cost in one currency, else nothing.
  std::optional<CostSum> whole(std::uint64_t of_records) const;

 private:
  CostSum& of(Currency currency);
  std::vector<CostSum> sums_;  ///< by currency, the unknown one first
};

/// Whether amounts may be in one currency: one of one writer may be named where another is not.
inline bool are_comparable(Currency a, Currency b) {
  return a == b || !a.is_known() || !b.is_known();
}
inline Currency either_known(Currency a, Currency b) { return a.is_known() ? a : b; }

/// How a stated sum and what it is the sum of agree.
enum class CostMatch : std::uint8_t {
  exact,
  but_for_noise,  ///< of binary numbers that were added up
  as_rounded,     ///< the sum or its parts are rounded to the digits that they are written with
  differs,
};

/// Whether the total is the sum of the parts.
///   Noise: adding up n binary numbers may be off by (n + 2) * 2^-51 of the sum of them. Where more
///   than 15 digits show binary numbers, each may be a sum itself: 10^-12 of the sum, and no more.
///   Rounding: half of the last digit that the total is written with, and as much for each part of
///   the last digit that any part is written with; money is rounded to cents at the coarsest.
CostMatch compare(const Amount& total, const CostSum& parts);

/// A stated and a calculated cost that do not agree.
struct ComparedCost {
  Money asserted;
  Money calculated;
  Currency currency;

  Money difference() const {
    Money difference = asserted;
    static_cast<void>(difference.subtract(calculated));
    return difference;
  }
  friend bool operator==(const ComparedCost&, const ComparedCost&) = default;
};

/// "0.25 USD"; without the currency where it is unknown.
std::string cost_text(const Money& money, Currency currency);

}  // namespace usagectl
