#include "model/packed_counts.hpp"

#include <bit>
#include <optional>

#include "base/packed_numbers.hpp"
#include "model/counter.hpp"

namespace usagectl {
namespace {

/// What most calls have in common is one bit of `known`, behind those of the counters.
constexpr std::uint64_t kOneRequest = std::uint64_t{1} << kCounterCount;
constexpr std::uint64_t kPlainTotal = kOneRequest << 1;  ///< total = input + output
constexpr std::uint64_t kSomeOpen = kPlainTotal << 1;    ///< which, is said in a number of its own

/// Two bits a counter: whether it is open, and whether by the place of its parts alone.
std::uint64_t open_counters(const Counts& counts) {
  std::uint64_t open = 0;
  if (!counts.any_open()) return open;
  for (std::size_t i = 0; i < kCounterCount; ++i) {
    const Counter counter = kCounters[i];
    open |= std::uint64_t{counts.is_open(counter)} << (2 * i);
    open |= std::uint64_t{counts.is_open_by_place(counter)} << (2 * i + 1);
  }
  return open;
}

void leave_open(Counts& counts, std::uint64_t open) {
  for (std::size_t i = 0; i < kCounterCount; ++i) {
    if ((open >> (2 * i + 1) & 1U) != 0)
      counts.leave_open_by_place(kCounters[i]);
    else if ((open >> (2 * i) & 1U) != 0)
      counts.leave_open(kCounters[i]);
  }
}

std::optional<Count> plain_total(const Counts& counts) {
  const auto input = counts[Counter::input];
  const auto output = counts[Counter::output];
  if (!input || !output) return std::nullopt;
  return (ExactSum(*input) += *output).count();
}

}  // namespace

void append_counts(PackedBytes& bytes, Counts counts) {
  std::uint64_t known = 0;
  if (counts[Counter::requests] == Count(1)) {
    known |= kOneRequest;
    counts.forget(Counter::requests);
  }
  if (counts.has(Counter::total) && counts[Counter::total] == plain_total(counts)) {
    known |= kPlainTotal;
    counts.forget(Counter::total);
  }
  known |= counts.known_set();
  const std::uint64_t open = open_counters(counts);
  if (open != 0) known |= kSomeOpen;
  append_number(bytes, known);
  for (std::uint32_t set = counts.known_set(); set != 0; set &= set - 1) {
    const Counter counter = kCounters[static_cast<std::size_t>(std::countr_zero(set))];
    append_number(bytes, static_cast<std::uint64_t>(*counts[counter]));
  }
  if (open != 0) append_number(bytes, open);
}

Counts take_counts(const std::uint8_t*& at) {
  Counts counts;
  const auto known = take_number(at);
  for (std::size_t i = 0; i < kCounterCount; ++i) {
    if ((known >> i & 1U) != 0) counts.set(kCounters[i], static_cast<Count>(take_number(at)));
  }
  if ((known & kOneRequest) != 0) counts.set(Counter::requests, Count(1));
  if ((known & kSomeOpen) != 0) leave_open(counts, take_number(at));
  if ((known & kPlainTotal) != 0) counts.set(Counter::total, plain_total(counts));
  return counts;
}

}  // namespace usagectl
