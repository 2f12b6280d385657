#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "input/read_result.hpp"

namespace usagectl {

/// An open file, pipe or standard input, closed with its owner.
class Descriptor {
 public:
  Descriptor() = default;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor();

  ReadResult open(const std::string& path);
  /// At most `capacity` bytes, at least one; `got` is 0 at the end.
  ReadResult read(char* bytes, std::size_t capacity, std::size_t& got);

  /// Of a regular file, which can be read anywhere; -1 for others.
  int regular_file() const { return is_regular_ ? number_ : -1; }
  std::uint64_t size_when_opened() const { return size_; }  ///< 0 for what has none
  std::uint64_t bytes_read() const { return bytes_read_; }

 private:
  int number_ = -1;
  bool is_regular_ = false;
  bool is_pipe_ = false;
  std::uint64_t size_ = 0;
  std::uint64_t bytes_read_ = 0;
};

}  // namespace usagectl
