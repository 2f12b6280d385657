#pragma once

#include <optional>

#include "model/count.hpp"

namespace usagectl {

/// The disjoint counters behind every dialect: each token of a call is in exactly one of them.
struct Atoms {
  std::optional<Count> fresh;           ///< U: input from no cache
  std::optional<Count> cache_read;      ///< R
  std::optional<Count> cache_write;     ///< W, whatever its lifetime
  std::optional<Count> cache_write_5m;  ///< the part of W known to live five minutes
  std::optional<Count> cache_write_1h;  ///< the part of W known to live an hour
  std::optional<Count> tool_prompt;     ///< T
  std::optional<Count> visible;         ///< V: output that is no reasoning
  std::optional<Count> reasoning;       ///< Z
  std::optional<Count> unexplained;     ///< X: what a provider's total holds beyond the rest

  friend bool operator==(const Atoms&, const Atoms&) = default;
};

/// The part of what was written to the cache that lives an hour, where that is known.
inline std::optional<Count> hour_writes(const Atoms& atoms) {
  if (atoms.cache_write_1h) return atoms.cache_write_1h;
  if (atoms.cache_write && atoms.cache_write == atoms.cache_write_5m) return 0;
  return std::nullopt;
}

}  // namespace usagectl
