#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/text_hash.hpp"

namespace usagectl {

/// Some of the texts that were seen last, by their hashes: the names in a log repeat, and what is
/// done once for each need not be tried again.
class RecentTexts {
 public:
  /// Whether the text was not seen lately under that seed; it is from now on.
  bool is_new(std::string_view text, std::uint64_t seed) {
    const TextHash hash = text_hash(text, seed);
    TextHash& place = seen_[hash.low % seen_.size()];
    if (place.low == hash.low && place.high == hash.high) return false;
    place = hash;
    return true;
  }

 private:
  static constexpr std::size_t kPlaces = 256;
  std::array<TextHash, kPlaces> seen_{};
};

}  // namespace usagectl
