#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "input/read_result.hpp"

namespace usagectl {

/// The bytes of a file, a pipe or standard input, from the first to the last. gzip and Zstandard
/// are known by their first bytes and come out decompressed.
class ByteSource {
 public:
  ByteSource();
  ByteSource(ByteSource&&) noexcept;
  ByteSource& operator=(ByteSource&&) noexcept;
  ~ByteSource();

  /// Reads at most `capacity` bytes; `got` is 0 at the end.
  using Read = std::function<ReadResult(char* bytes, std::size_t capacity, std::size_t& got)>;
  /// A source of bytes that come from elsewhere, as they are.
  explicit ByteSource(Read read);

  /// "-" is standard input. A pipe that nobody writes to is waited for when it is read.
  ReadResult open(const std::string& path);

  /// Reads at most `capacity` bytes, at least one; `got` is 0 at the end. A file that ends before
  /// the size it had when it was opened is a problem, and so is a compressed stream that is cut.
  ReadResult read(char* bytes, std::size_t capacity, std::size_t& got);

  /// The bytes to expect; 0 where nobody knows: pipes, compressed files.
  std::uint64_t expected_bytes() const;

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
