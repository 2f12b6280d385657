#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialects/atoms.hpp"
#include "dialects/catalogue.hpp"
#include "dialects/envelope.hpp"
#include "dialects/usage_values.hpp"
#include "model/counts.hpp"
#include "model/finding.hpp"

namespace usagectl {

/// Something that one usage object says against itself.
struct Violation {
  Rule rule = Rule::identity;
  Severity severity = Severity::error;
  std::string key;           ///< path of the key below the usage object
  std::string_view counter;  ///< static storage
  std::optional<Count> asserted;
  std::optional<Count> calculated;
  std::string basis;
  std::string_view cause;
  std::string explanation;
};

/// What one usage object says, as far as that is certain.
struct UsageReading {
  std::vector<std::uint16_t>
      candidates;            ///< dialects that the keys, the surroundings and the numbers allow
  std::string_view dialect;  ///< their name; see Catalogue::name_of
  Counts counts;             ///< where all candidates agree
  Counts given;              ///< as written, before any meaning
  Atoms atoms;               ///< where all candidates agree
  std::vector<Violation> violations;
  std::uint64_t held = 0;  ///< identities that were checked and hold
  bool countable() const { return !candidates.empty() && !faulty; }
  bool faulty = false;  ///< a number in it is none, so nothing is counted
  std::string fault;    ///< which
};

/// Solves a usage object whose dialect is known from where it stands.
UsageReading read_usage_as(const Catalogue& catalogue, const Dialect& dialect,
                           const UsageValues& values);

/// Recognises a usage object and solves it.
UsageReading read_usage(const Catalogue& catalogue, const UsageValues& values,
                        const Envelope& envelope);

}  // namespace usagectl
