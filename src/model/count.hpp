#pragma once

#include <cstdint>
#include <limits>
#include <optional>

namespace usagectl {

/// A number of tokens, requests or completions: exact, never negative once it has been accepted.
using Count = std::int64_t;

inline constexpr Count kLargestCount = std::numeric_limits<Count>::max();

/// A sum of counts that cannot overflow: 2^64 counts of 2^63 fit. Narrowing back to a Count is
/// checked, so a sum that does not fit becomes "not known" and is said so, never a wrapped number.
class ExactSum {
 public:
  ExactSum() = default;
  explicit ExactSum(Count first) : value_(first) {}

  ExactSum& operator+=(Count more) {
    value_ += more;
    return *this;
  }
  ExactSum& operator-=(Count less) {
    value_ -= less;
    return *this;
  }
  ExactSum& operator+=(const ExactSum& more) {
    value_ += more.value_;
    return *this;
  }
  ExactSum& operator-=(const ExactSum& less) {
    value_ -= less.value_;
    return *this;
  }

  /// The sum as a Count, or nothing when it does not fit in 64 bits.
  std::optional<Count> count() const {
    if (value_ > kLargestCount || value_ < std::numeric_limits<Count>::min()) return std::nullopt;
    return static_cast<Count>(value_);
  }
  bool fits() const { return count().has_value(); }

  friend bool operator==(const ExactSum& a, const ExactSum& b) { return a.value_ == b.value_; }
  friend bool operator<(const ExactSum& a, const ExactSum& b) { return a.value_ < b.value_; }

 private:
  __extension__ using Wide = __int128;
  Wide value_ = 0;
};

}  // namespace usagectl
