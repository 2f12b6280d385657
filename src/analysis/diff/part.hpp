#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "analysis/meaning/likeness.hpp"

namespace usagectl {

/// What `diff` compares, each with a verdict of its own.
enum class DiffPart : std::uint8_t {
  records,  ///< the calls on both sides
  keys,     ///< of their usage objects
  meaning,  ///< of the counts
  proof,    ///< whether the numbers prove the meaning
  values,   ///< the numbers themselves
};
inline constexpr std::size_t kDiffPartCount = 5;
inline constexpr std::array<std::string_view, kDiffPartCount> kDiffPartNames = {
    "records", "keys", "meaning", "proof", "values"};
constexpr std::string_view name_of(DiffPart part) {
  return kDiffPartNames[static_cast<std::size_t>(part)];
}

/// How much the verdict depends on a part.
enum class Weighed : std::uint8_t {
  shown,     ///< not at all
  judged,    ///< a difference fails the comparison
  required,  ///< everything but "same" fails it
};

/// The verdict on one part, and one sentence about it.
struct PartVerdict {
  Likeness verdict = Likeness::undetermined;
  std::string sentence;
};

}  // namespace usagectl
