#include "base/text_hash.hpp"

#include <xxhash.h>

namespace usagectl {

TextHash text_hash(std::string_view text, std::uint64_t seed) {
  const XXH128_hash_t hash = XXH3_128bits_withSeed(text.data(), text.size(), seed);
  return {hash.low64, hash.high64};
}

std::uint64_t short_text_hash(std::string_view text) {
  return XXH3_64bits(text.data(), text.size());
}

}  // namespace usagectl
