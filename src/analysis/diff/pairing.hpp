#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/meaning/side.hpp"
#include "dialects/meaning.hpp"

namespace usagectl {

/// How the calls of two captures were matched.
enum class PairedBy : std::uint8_t { nothing, id, order };
std::string_view name_of(PairedBy paired_by);

struct Pairs {
  PairedBy by = PairedBy::nothing;
  std::vector<std::pair<std::size_t, std::size_t>> calls;  ///< positions in a.calls and b.calls
};

/// Calls with the same id; where a capture has no ids, calls in the same order when no pair names
/// two models and most pairs have numbers that one call may have. Where one side has more calls,
/// those that fit nothing are left out. `are_reports_of_one`: one side is what the client of the
/// other made of it, with ids of its own perhaps; without, one number that fits is enough.
Pairs pair_calls(const Side& a, const Side& b, bool are_reports_of_one = false);

/// What the pairs say about the place of one part: how often both sides hold it alike, or one
/// side's whole exceeds the other's by exactly the part.
struct PairVotes {
  std::uint64_t alike = 0;
  std::uint64_t more_in_a = 0;
  std::uint64_t more_in_b = 0;
  std::uint64_t informative = 0;  ///< pairs in which the part is above 0
  std::optional<std::pair<std::size_t, std::size_t>> example;
};

/// How many pairs tell their total on both sides, and of how many of those it differs.
struct TotalsOfPairs {
  std::uint64_t known = 0;
  std::uint64_t apart = 0;
};

struct PairEvidence {
  std::array<PairVotes, kAxisCount> axes;
  PairVotes total;  ///< totals that differ by exactly a part while everything else is alike
  TotalsOfPairs totals;
};

PairEvidence pair_evidence(const Side& a, const Side& b, const Pairs& pairs);

}  // namespace usagectl
