#pragma once

#include <bitset>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace usagectl {

/// Index of a key path that some dialect knows: "prompt_tokens_details/cached_tokens".
using KeyId = std::uint16_t;
inline constexpr std::size_t kMostKeys = 512;
using KeySet = std::bitset<kMostKeys>;

/// Of names of keys: their length and both of their ends tell them apart, and every key of every
/// usage object is looked up.
struct NameHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view name) const {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    if (name.size() >= 8) {
      first = load<std::uint64_t>(name.data());
      last = load<std::uint64_t>(name.data() + name.size() - 8);
    } else if (name.size() >= 4) {
      first = load<std::uint32_t>(name.data());
      last = load<std::uint32_t>(name.data() + name.size() - 4);
    } else {
      for (const char c : name) first = first << 8 | static_cast<unsigned char>(c);
    }
    const std::uint64_t mixed =
        (first ^ (last << 1 | last >> 63) ^ name.size()) * 0x9E3779B97F4A7C15U;
    return static_cast<std::size_t>(mixed ^ (mixed >> 32));
  }

 private:
  template <typename Number>
  static Number load(const char* from) {
    Number number;
    std::memcpy(&number, from, sizeof number);
    return number;
  }
};

/// All key paths of a catalogue as a tree, so that one walk over an object finds them.
struct KeyNode {
  std::optional<KeyId> key;
  bool counted = false;  ///< some dialect reads a number here
  bool detail = false;   ///< some dialect names a part here that is counted nowhere
  std::unordered_map<std::string, std::unique_ptr<KeyNode>, NameHash, std::equal_to<>> children;

  const KeyNode* child(std::string_view name) const {
    const auto found = children.find(name);
    return found == children.end() ? nullptr : found->second.get();
  }
};

}  // namespace usagectl
