#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace usagectl {

/// A file was changed between two readings of it.
struct ChangedWhileRead : std::runtime_error {
  ChangedWhileRead() : std::runtime_error("was changed while it was read") {}
};

/// A text of which parts are looked at again: in memory, or left in a file that can be read
/// anywhere.
class LongText {
 public:
  LongText() = default;
  /// It must stay where it is.
  explicit LongText(std::string_view text) : text_(text), size_(text.size()) {}
  /// An open file, with the bytes it has now.
  LongText(int descriptor, std::size_t size_bytes) : descriptor_(descriptor), size_(size_bytes) {}

  std::size_t size() const { return size_; }

  /// Adds the bytes from `begin` to before `end` to `to`. Throws ChangedWhileRead.
  void append(std::size_t begin, std::size_t end, std::string& to) const;
  /// Visits all of it in pieces, in order. Throws ChangedWhileRead.
  void each_block(const std::function<void(std::string_view)>& visit) const;

 private:
  std::string_view text_;
  int descriptor_ = -1;  ///< -1: all is in text_
  std::size_t size_ = 0;
};

}  // namespace usagectl
