#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "input/byte_source.hpp"

namespace usagectl {

/// Bytes that were read, followed by the padding that JsonParser asks for. The memory is kept from
/// one use to the next.
class TextBuffer {
 public:
  std::string_view text() const { return {bytes_.get(), size_}; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  void assign(std::string_view text);
  void append(std::string_view text);
  /// Keeps the first `size` bytes.
  void truncate(std::size_t size);

  /// Adds what the source has, until there are `bytes` in all or it ends.
  ReadResult fill(ByteSource& source, std::size_t bytes, bool& at_end);
  /// Adds all that the source has.
  ReadResult fill(ByteSource& source);

 private:
  void reserve(std::size_t bytes);

  struct Free {
    void operator()(char* bytes) const { std::free(bytes); }
  };
  std::unique_ptr<char, Free> bytes_;  // from malloc: growing a large one moves pages, not bytes
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace usagectl
