#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "model/count.hpp"
#include "model/counter.hpp"

namespace usagectl {

/// One value per counter, each known or not. Not known is not zero. A counter that is not known may
/// be open: something was told of it, and it is not known what. Where only the place of its parts
/// is in doubt, what else is known may settle it.
class Counts {
 public:
  std::optional<Count> operator[](Counter counter) const {
    if (!has(counter)) return std::nullopt;
    return values_[index(counter)];
  }
  bool has(Counter counter) const { return (known_ & bit(counter)) != 0; }
  bool empty() const { return known_ == 0; }
  /// One bit for each counter that is known, in their order.
  std::uint32_t known_set() const { return known_; }
  bool is_open(Counter counter) const { return (open_ & bit(counter)) != 0; }
  bool any_open() const { return open_ != 0; }
  bool is_open_by_place(Counter counter) const { return (by_place_ & bit(counter)) != 0; }
  bool any_open_by_place() const { return by_place_ != 0; }

  void set(Counter counter, Count value) {
    values_[index(counter)] = value;
    known_ = static_cast<std::uint16_t>(known_ | bit(counter));
    close(counter);
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
    close(counter);
  }
  void leave_open(Counter counter) {
    forget(counter);
    open_ = static_cast<std::uint16_t>(open_ | bit(counter));
  }
  /// It is not known whether the parts of the counter are inside of what was told.
  void leave_open_by_place(Counter counter) {
    leave_open(counter);
    by_place_ = static_cast<std::uint16_t>(by_place_ | bit(counter));
  }

  friend bool operator==(const Counts&, const Counts&) = default;

 private:
  static constexpr std::size_t index(Counter counter) { return static_cast<std::size_t>(counter); }
  static constexpr std::uint16_t bit(Counter counter) {
    return static_cast<std::uint16_t>(1U << index(counter));
  }
  void close(Counter counter) {
    open_ = static_cast<std::uint16_t>(open_ & ~bit(counter));
    by_place_ = static_cast<std::uint16_t>(by_place_ & ~bit(counter));
  }

  std::array<Count, kCounterCount> values_{};  // zero where not known
  std::uint16_t known_ = 0;
  std::uint16_t open_ = 0;      // never what is known
  std::uint16_t by_place_ = 0;  // some of the open ones
};

/// Whether `counts` say more of a call than `others` do: a report of a stream grows in its output.
inline bool is_fuller(const Counts& counts, const Counts& others) {
  for (const Counter counter :
       {Counter::output, Counter::input, Counter::cache_read, Counter::cache_write}) {
    const auto here = counts[counter];
    const auto there = others[counter];
    if (here != there) return here && (!there || *here > *there);
  }
  return false;
}

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
