#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace usagectl {

/// Values packed one after the other, in as few bytes as they need: what is kept in memory of each
/// of millions of calls. Whoever takes them knows what was appended.

/// Seven bits a byte, the last one without the highest bit.
inline void append_number(std::vector<std::uint8_t>& bytes, std::uint64_t number) {
  while (number >= 0x80) {
    bytes.push_back(static_cast<std::uint8_t>(number | 0x80));
    number >>= 7;
  }
  bytes.push_back(static_cast<std::uint8_t>(number));
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
void append_raw(std::vector<std::uint8_t>& bytes, Value value) {
  const auto size = bytes.size();
  bytes.resize(size + sizeof value);
  std::memcpy(bytes.data() + size, &value, sizeof value);
}

template <typename Value>
Value take_raw(const std::uint8_t*& at) {
  Value value;
  std::memcpy(&value, at, sizeof value);
  at += sizeof value;
  return value;
}

inline void append_text(std::vector<std::uint8_t>& bytes, std::string_view text) {
  append_number(bytes, text.size());
  bytes.insert(bytes.end(), text.begin(), text.end());
}

/// As long-lived as the bytes.
inline std::string_view take_text(const std::uint8_t*& at) {
  const auto size = static_cast<std::size_t>(take_number(at));
  const std::string_view text(reinterpret_cast<const char*>(at), size);
  at += size;
  return text;
}

}  // namespace usagectl
