#pragma once

#include <bitset>
#include <cstdint>
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

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

/// All key paths of a catalogue as a tree, so that one walk over an object finds them.
struct KeyNode {
  std::optional<KeyId> key;
  bool counted = false;  ///< some dialect reads a number here
  bool detail = false;   ///< some dialect names a part here that is counted nowhere
  std::unordered_map<std::string, std::unique_ptr<KeyNode>, TextHash, std::equal_to<>> children;

  const KeyNode* child(std::string_view name) const {
    const auto found = children.find(name);
    return found == children.end() ? nullptr : found->second.get();
  }
};

}  // namespace usagectl
