#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
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
/// They are solved as read_usage() does, once for those dialects that mean the same by them.
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

    friend bool operator==(const Part&, const Part&) = default;
  };
  /// A dialect, and those behind it that are solved as it is.
  struct Candidate {
    std::uint16_t dialect = 0;
    std::vector<Part> terms;    ///< what the quantities are sums of
    std::vector<Part> details;  ///< each no more than the quantity
  };

  void add(const Catalogue& catalogue, Candidate&& candidate, const Quantities& none);
  bool details_fit(std::uint16_t dialect, std::span<const Count> counts);
  /// Puts those in the reading that stand behind the dialects in it.
  void add_those_alike(const Catalogue& catalogue);

  std::vector<std::uint16_t> dialects_;
  std::vector<std::uint16_t> stand_ins_;  ///< for each of them, the dialect of its candidate
  std::vector<Candidate> candidates_;
  std::vector<std::size_t> unknown_;  ///< counts that some candidate does not know
  CandidateQuantities none_;          ///< where every count is 0
  CandidateQuantities quantities_;
  UsageReading reading_;
  // Of the last object, as most are alike: the candidates that remained, with those behind them.
  std::vector<std::uint16_t> remaining_;
  std::vector<std::uint16_t> all_remaining_;
  std::string_view name_;  ///< of all of these
};

}  // namespace usagectl
