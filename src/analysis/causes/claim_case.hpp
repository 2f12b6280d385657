#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "analysis/causes/case.hpp"
#include "analysis/checks/resolve_claims.hpp"
#include "ledger/books/books.hpp"
#include "ledger/books/kept_parts.hpp"

namespace usagectl {

/// Where an object stands, as a key.
std::string key_of(const Place& place);

/// The claims that stand around those that fail, and so may tell why.
class ClaimSurroundings {
 public:
  ClaimSurroundings(const Books& books, const std::vector<FailedClaim>& failed);

  /// The claims that the same object makes, this one among them.
  const std::vector<std::size_t>& claims_at(const Place& place) const;
  /// A claim elsewhere that asserts exactly these numbers, at least two of them; nullptr where
  /// there is none, or more than one.
  const SumClaim* with_numbers(const Counts& numbers, const SumClaim& but) const;

 private:
  const Books& books_;
  std::unordered_map<std::string, std::vector<std::size_t>> at_place_;
  std::unordered_map<std::string, std::vector<std::size_t>> with_numbers_;
};

/// What is known of a claim that fails.
Case case_of(const Books& books, const SumClaim& claim, const ClaimSurroundings& around,
             const KeptParts& kept);

}  // namespace usagectl
