#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "dialects/meaning.hpp"
#include "model/counts.hpp"

namespace usagectl {

/// What the numbers of one record prove about an axis.
enum class Vote : std::uint8_t {
  included,  ///< the part stands inside the whole
  excluded,  ///< the part stands beside the whole
  twice,     ///< the whole holds the part two times
};
inline constexpr std::size_t kVoteCount = 3;

/// The evidence that one record gives by its own arithmetic.
struct MeaningVotes {
  std::array<std::optional<Vote>, kAxisCount> axes;
  /// What the total adds up to, in the words of total_words(); empty where the numbers don't tell.
  std::string total;
};

/// What the numbers as written prove. Only parts above 0 are informative. A total that the writer
/// computed proves nothing when it agrees with input + output, since it would whatever they mean.
MeaningVotes meaning_votes(const Counts& given, bool total_is_computed);

/// Which quantities stand outside input and output, so that a total has to add them.
struct OutsideParts {
  bool cache_read = false;
  bool cache_write = false;
  bool tool_prompt = false;
  bool reasoning = false;
};

/// "input+output", "input+cache+output", "input+tool_prompt+output+reasoning", …
std::string total_words(const OutsideParts& outside);

}  // namespace usagectl
