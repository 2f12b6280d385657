#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/packed_numbers.hpp"

namespace usagectl {

/// Packed entries one after the other, in chunks that stay where they are: no copy is made when
/// there are more of them.
class PackedEntries {
 public:
  /// Where an entry begins, divided by four. 0 is none.
  using Begin = std::uint32_t;

  /// Throws std::length_error where a Begin can no longer say where it is.
  Begin append(const PackedBytes& entry);
  const std::uint8_t* at(Begin begin) const {
    const std::size_t byte = std::size_t{begin} * kUnit;
    const Chunk& chunk = chunks_[byte / kChunkBytes];
    return chunk.bytes + byte % kChunkBytes;
  }

  /// Memory in use.
  std::size_t bytes() const { return held_bytes_; }

 private:
  static constexpr std::size_t kUnit = 4;
  static constexpr std::size_t kChunkBytes = std::size_t{256} * 1024;

  /// Where many are needed, so many are made at once, in large pages.
  static constexpr std::size_t kManyChunks = 32;

  struct Chunk {
    std::uint8_t* bytes = nullptr;  ///< more than the others have, of one long entry
    std::size_t used = 0;
  };
  void add_chunk(std::size_t bytes);

  std::vector<Chunk> chunks_;
  std::vector<std::unique_ptr<std::uint8_t[]>> memory_;
  std::uint8_t* spare_ = nullptr;  ///< made, and in no chunk yet
  std::size_t spare_chunks_ = 0;
  std::size_t held_bytes_ = 0;
};

}  // namespace usagectl
