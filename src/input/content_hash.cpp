#include "input/content_hash.hpp"

#include <xxhash.h>

#include <memory>

#include "input/descriptor.hpp"

namespace usagectl {

std::optional<ContentHash> content_hash(const std::string& path) {
  Descriptor file;
  if (!file.open(path).ok()) return std::nullopt;
  const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(),
                                                                       XXH3_freeState);
  if (state == nullptr || XXH3_128bits_reset(state.get()) != XXH_OK) return std::nullopt;
  constexpr std::size_t kPieceBytes = std::size_t{64} * 1024;
  const auto piece = std::make_unique_for_overwrite<char[]>(kPieceBytes);
  for (;;) {
    std::size_t got = 0;
    if (!file.read(piece.get(), kPieceBytes, got).ok()) return std::nullopt;
    if (got == 0) break;
    XXH3_128bits_update(state.get(), piece.get(), got);
  }
  const XXH128_hash_t hash = XXH3_128bits_digest(state.get());
  return ContentHash{hash.low64, hash.high64};
}

}  // namespace usagectl
