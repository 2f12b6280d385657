#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "model/count.hpp"
#include "model/counter.hpp"

namespace usagectl {

/// One value per counter, each known or not. Not known is not zero.
class Counts {
 public:
  std::optional<Count> operator[](Counter counter) const {
    if (!has(counter)) return std::nullopt;
    return values_[index(counter)];
  }
  bool has(Counter counter) const { return (known_ & bit(counter)) != 0; }
  bool empty() const { return known_ == 0; }

  void set(Counter counter, Count value) {
    values_[index(counter)] = value;
    known_ = static_cast<std::uint16_t>(known_ | bit(counter));
  }
  void set(Counter counter, std::optional<Count> value) {
    if (value) {
      set(counter, *value);
    } else {
      forget(counter);
    }
  }
  void forget(Counter counter) {
    values_[index(counter)] = 0;
    known_ = static_cast<std::uint16_t>(known_ & ~bit(counter));
  }

  friend bool operator==(const Counts&, const Counts&) = default;

 private:
  static constexpr std::size_t index(Counter counter) { return static_cast<std::size_t>(counter); }
  static constexpr std::uint16_t bit(Counter counter) {
    return static_cast<std::uint16_t>(1U << index(counter));
  }

  std::array<Count, kCounterCount> values_{};  // zero where not known
  std::uint16_t known_ = 0;
};

/// Counts as written; what is not written and follows from what is, taken from `solved`.
inline Counts completed(Counts given, const Counts& solved) {
  for (const Counter counter : kCounters) {
    if (!given.has(counter)) given.set(counter, solved[counter]);
  }
  return given;
}

/// Whether any token was used.
inline bool has_tokens(const Counts& counts) {
  for (std::size_t i = 0; i < kTokenCounterCount; ++i) {
    if (counts[kCounters[i]].value_or(0) > 0) return true;
  }
  return false;
}

}  // namespace usagectl
