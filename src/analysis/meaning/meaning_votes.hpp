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

/// One bit per axis.
using AxisSet = std::uint8_t;
constexpr AxisSet axis_bit(std::size_t axis) { return static_cast<AxisSet>(1U << axis); }

/// What the cost of one record shows about each axis.
using CostVotes = std::array<std::optional<Vote>, kAxisCount>;

/// The evidence that one record gives by its own arithmetic.
struct MeaningVotes {
  std::array<std::optional<Vote>, kAxisCount> axes;
  bool explains_total = false;     ///< one and only one meaning gives the total
  bool contradicts_total = false;  ///< no meaning of its parts gives the total
  AxisSet added_to_total = 0;      ///< parts above 0 that the total adds to input + output
  AxisSet held_by_others = 0;      ///< parts above 0 that it does not add
};

/// What the numbers as written prove. Only parts above 0 are informative. A total that the writer
/// computed proves nothing when it agrees with input + output, since it would whatever they mean.
MeaningVotes meaning_votes(const Counts& given, bool total_is_computed);

/// "input+output", "input+cache+output", "input+tool_prompt+output+reasoning", …: a total that adds
/// those parts to input + output.
std::string total_words(AxisSet added);

}  // namespace usagectl
