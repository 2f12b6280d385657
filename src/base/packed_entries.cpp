#include "base/packed_entries.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace usagectl {

PackedEntries::Begin PackedEntries::append(const std::vector<std::uint8_t>& entry) {
  if (chunks_.empty() || chunks_.back().used + entry.size() > kChunkBytes) {
    // The first entry of all does not begin at 0, which is none.
    const std::size_t begin = chunks_.empty() ? kUnit : 0;
    const std::size_t bytes = std::max(kChunkBytes, begin + entry.size());
    chunks_.push_back({std::make_unique_for_overwrite<std::uint8_t[]>(bytes), begin});
    held_bytes_ += bytes;
  }
  Chunk& chunk = chunks_.back();
  const std::size_t begin = ((chunks_.size() - 1) * kChunkBytes + chunk.used) / kUnit;
  if (begin > UINT32_MAX) throw std::length_error("more calls than can be kept");
  std::memcpy(chunk.bytes.get() + chunk.used, entry.data(), entry.size());
  chunk.used += (entry.size() + kUnit - 1) / kUnit * kUnit;
  return static_cast<Begin>(begin);
}

}  // namespace usagectl
