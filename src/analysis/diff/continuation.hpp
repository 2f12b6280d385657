#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/diff/pairing.hpp"
#include "analysis/meaning/side.hpp"

namespace usagectl {

/// Whether two captures are one and the same thing at two moments: a simulation, a session.
enum class Continues : std::uint8_t {
  unrelated,      ///< nothing shows that they belong together
  same_state,     ///< nothing grew
  b_continues_a,  ///< everything grew or stayed
  a_continues_b,
  neither,  ///< they belong together, and some totals grew while others shrank
};
std::string_view name_of(Continues continues);

struct Continuation {
  Continues verdict = Continues::unrelated;
  bool is_proved = false;    ///< by calls or response ids that both hold
  std::string_view key;      ///< what the totals are of: "entity", "thread", "model"
  std::uint64_t grown = 0;   ///< totals that are larger in B
  std::uint64_t shrunk = 0;  ///< totals that are smaller in B
  std::uint64_t stayed = 0;
  std::uint64_t added = 0;             ///< names that only the later one has
  std::vector<std::string> against;    ///< what shrank, in B or in A: "entity bob: total"
  std::uint64_t chains_extended = 0;   ///< go on in B
  std::uint64_t chains_shortened = 0;  ///< go on in A
  std::uint64_t chains_same = 0;
  std::uint64_t chains_replaced = 0;  ///< have no response in common
  std::uint64_t ticks_same = 0;       ///< that both have, with the same total
  std::uint64_t ticks_apart = 0;
  std::uint64_t calls_in_both = 0;  ///< at the beginning of both
  std::string sentence;             ///< empty = nothing to say
};

Continuation compare_states(const Side& a, const Side& b, const Pairs& pairs);

}  // namespace usagectl
