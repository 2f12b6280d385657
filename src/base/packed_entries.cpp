#include "base/packed_entries.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "base/large_pages.hpp"

namespace usagectl {

void PackedEntries::add_chunk(std::size_t bytes) {
  const std::size_t begin = chunks_.empty() ? kUnit : 0;
  held_bytes_ += bytes;
  if (bytes == kChunkBytes && spare_chunks_ == 0 && chunks_.size() >= kManyChunks) {
    constexpr std::size_t kBytes = kManyChunks * kChunkBytes;
    spare_ = memory_.emplace_back(std::make_unique_for_overwrite<std::uint8_t[]>(kBytes)).get();
    spare_chunks_ = kManyChunks;
    ask_for_large_pages(spare_, kBytes);
  }
  if (bytes == kChunkBytes && spare_chunks_ > 0) {
    chunks_.push_back({spare_, begin});
    spare_ += kChunkBytes;
    --spare_chunks_;
    return;
  }
  memory_.push_back(std::make_unique_for_overwrite<std::uint8_t[]>(bytes));
  chunks_.push_back({memory_.back().get(), begin});
}

PackedEntries::Begin PackedEntries::append(const PackedBytes& entry) {
  if (chunks_.empty() || chunks_.back().used + entry.size() > kChunkBytes) {
    // The first entry of all does not begin at 0, which is none.
    add_chunk(std::max(kChunkBytes, (chunks_.empty() ? kUnit : 0) + entry.size()));
  }
  Chunk& chunk = chunks_.back();
  const std::size_t begin = ((chunks_.size() - 1) * kChunkBytes + chunk.used) / kUnit;
  if (begin > UINT32_MAX) throw std::length_error("more calls than can be kept");
  std::memcpy(chunk.bytes + chunk.used, entry.data(), entry.size());
  chunk.used += (entry.size() + kUnit - 1) / kUnit * kUnit;
  return static_cast<Begin>(begin);
}

}  // namespace usagectl
