#pragma once

#include <cstdint>
#include <string_view>

namespace usagectl {

/// XXH3 of a text, 128 bits: the same in every build, so that it may be written to a file; two
/// texts that have the same one are taken for the same.
struct TextHash {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
};

TextHash text_hash(std::string_view text, std::uint64_t seed = 0);

/// XXH3 of a text, 64 bits, which is not the half of the other.
std::uint64_t short_text_hash(std::string_view text);

}  // namespace usagectl
