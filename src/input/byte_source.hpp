#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "input/read_result.hpp"

namespace usagectl {

/// What unpacks to so many times its size was made for that. Deflate finds what was there 32 kB
/// before, and makes 1/1030 of a text at best, 1/200 of none that is worth to be kept; others find
/// what was there long before, as in logs whose every request holds all those before it.
inline constexpr std::uint64_t kMostTimesDeflated = 200;
inline constexpr std::uint64_t kMostTimesCompressed = 1000;

/// The bytes of a file, a pipe or standard input, from the first to the last. gzip and Zstandard
/// are known by their first bytes and come out decompressed.
class ByteSource {
 public:
  static constexpr std::uint64_t kAnyNumberOfBytes = ~std::uint64_t{0};

  ByteSource();
  ByteSource(ByteSource&&) noexcept;
  ByteSource& operator=(ByteSource&&) noexcept;
  ~ByteSource();

  /// Reads at most `capacity` bytes; `got` is 0 at the end.
  using Read = std::function<ReadResult(char* bytes, std::size_t capacity, std::size_t& got)>;
  /// A source of bytes that come from elsewhere, as they are.
  explicit ByteSource(Read read, std::function<std::uint64_t()> believable_bytes = {});

  /// "-" is standard input. A pipe that nobody writes to is waited for when it is read.
  /// A compressed file that has more than `most_unpacked_bytes` is not read to its end.
  ReadResult open(const std::string& path, std::uint64_t most_unpacked_bytes = kAnyNumberOfBytes);

  /// Reads at most `capacity` bytes, at least one; `got` is 0 at the end. A file that ends before
  /// the size it had when it was opened is a problem, and so is a compressed stream that is cut.
  ReadResult read(char* bytes, std::size_t capacity, std::size_t& got);

  /// The bytes to expect; 0 where nobody knows: pipes, compressed files.
  std::uint64_t expected_bytes() const;

  bool is_compressed() const;

  /// What may have come so far. More was compressed to be too much for whoever unpacks it.
  std::uint64_t believable_bytes() const;

  /// The descriptor of a regular file with the bytes as they come out here, which can be read
  /// anywhere; -1 for others.
  int regular_file() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The name that a file has without ".gz" or ".zst".
std::string_view without_compression_suffix(std::string_view path);

}  // namespace usagectl
