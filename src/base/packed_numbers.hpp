#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace usagectl {

/// Values packed one after the other, in as few bytes as they need: what is kept in memory of each
/// of millions of calls. Whoever takes them knows what was appended.
class PackedBytes {
 public:
  void clear() { size_ = 0; }
  const std::uint8_t* data() const { return bytes_.data(); }
  std::size_t size() const { return size_; }

  /// Where to write so many bytes at most; end_at() says where they ended.
  std::uint8_t* room(std::size_t most) {
    if (bytes_.size() - size_ < most) bytes_.resize((size_ + most) * 2);
    return bytes_.data() + size_;
  }
  void end_at(const std::uint8_t* end) { size_ = static_cast<std::size_t>(end - bytes_.data()); }

 private:
  std::vector<std::uint8_t> bytes_;  ///< more than are in use
  std::size_t size_ = 0;
};

/// Seven bits a byte, the last one without the highest bit.
inline void append_number(PackedBytes& bytes, std::uint64_t number) {
  constexpr std::size_t kMostBytes = 10;
  std::uint8_t* at = bytes.room(kMostBytes);
  while (number >= 0x80) {
    *at++ = static_cast<std::uint8_t>(number | 0x80);
    number >>= 7;
  }
  *at++ = static_cast<std::uint8_t>(number);
  bytes.end_at(at);
}

inline std::uint64_t take_number(const std::uint8_t*& at) {
  std::uint64_t number = 0;
  for (int shift = 0;; shift += 7) {
    const std::uint8_t byte = *at++;
    number |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if ((byte & 0x80) == 0) return number;
  }
}

template <typename Value>
void append_raw(PackedBytes& bytes, Value value) {
  std::uint8_t* const at = bytes.room(sizeof value);
  std::memcpy(at, &value, sizeof value);
  bytes.end_at(at + sizeof value);
}

template <typename Value>
Value take_raw(const std::uint8_t*& at) {
  Value value;
  std::memcpy(&value, at, sizeof value);
  at += sizeof value;
  return value;
}

inline void append_text(PackedBytes& bytes, std::string_view text) {
  append_number(bytes, text.size());
  std::uint8_t* const at = bytes.room(text.size());
  std::copy(text.begin(), text.end(), at);
  bytes.end_at(at + text.size());
}

/// As long-lived as the bytes.
inline std::string_view take_text(const std::uint8_t*& at) {
  const auto size = static_cast<std::size_t>(take_number(at));
  const std::string_view text(reinterpret_cast<const char*>(at), size);
  at += size;
  return text;
}

}  // namespace usagectl
