#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace usagectl {

/// XXH3 of the bytes of a file, 128 bits: two files with the same one hold the same bytes.
struct ContentHash {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  friend bool operator==(const ContentHash&, const ContentHash&) = default;
  friend auto operator<=>(const ContentHash&, const ContentHash&) = default;
};

/// Nothing where the file cannot be read.
std::optional<ContentHash> content_hash(const std::string& path);

}  // namespace usagectl
