#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "model/count.hpp"
#include "model/counter.hpp"

namespace usagectl {

/// How far numbers may be apart and still count as equal.
struct Tolerance {
  Count tokens = 0;
  double percent = 0;  ///< of the larger number
  bool allows(Count a, Count b) const;
};

/// One for each counter.
struct Tolerances {
  std::array<Tolerance, kCounterCount> of{};

  const Tolerance& operator[](Counter counter) const {
    return of[static_cast<std::size_t>(counter)];
  }
};

/// Parses "20" (tokens), "0.5%" (a share of the larger number), "output=5", or several of them
/// separated by commas. What names no counter holds for all that are not named. Nothing when it is
/// invalid; then `fault` says why.
std::optional<Tolerances> parse_tolerances(std::string_view text, std::string& fault);

}  // namespace usagectl
