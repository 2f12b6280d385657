#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "dialects/catalogue.hpp"
#include "dialects/envelope.hpp"
#include "dialects/solving/solve.hpp"
#include "dialects/usage_reading.hpp"
#include "dialects/usage_values.hpp"

namespace usagectl {

/// Usage objects that have the same keys in the same surroundings, and nothing but counts under
/// them: which dialects they may be written in and which count stands for what is found out once.
/// They are solved as read_usage() does.
class AlikeUsages {
 public:
  /// Nothing where more than the counts differs from one such object to the next.
  static std::optional<AlikeUsages> of(const Catalogue& catalogue, const UsageValues& values,
                                       const Envelope& envelope);

  /// What the object with these counts says, in the order of its keys; until the next one is read.
  /// nullptr where there is more to be said of it than counts: then it is read in full.
  const UsageReading* read(const Catalogue& catalogue, std::span<const Count> counts);

 private:
  /// A part of a quantity, or of what is only told beside it.
  struct Part {
    Quantity quantity = Quantity::input;
    std::size_t count = 0;  ///< which of the counts
  };
  struct Candidate {
    std::uint16_t dialect = 0;
    std::vector<Part> terms;    ///< what the quantities are sums of
    std::vector<Part> details;  ///< each no more than the quantity
  };

  bool details_fit(std::uint16_t dialect, std::span<const Count> counts);

  std::vector<std::uint16_t> dialects_;
  std::vector<Candidate> candidates_;
  std::vector<std::size_t> unknown_;  ///< counts that some candidate does not know
  CandidateQuantities none_;          ///< where every count is 0
  CandidateQuantities quantities_;
  UsageReading reading_;
};

}  // namespace usagectl
