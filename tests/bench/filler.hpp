#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "random.hpp"

namespace usagectl {

enum class FillerKind { kProse, kCode, kOutput };

/// Text that means nothing, spelled as the inside of a JSON string: words of invented syllables
/// with quotes, line ends, tabs, \u escapes, terminal colours, accents, ideographs and emoji, and
/// now and then a quoted usage object, which is text and no usage.
class Filler {
 public:
  explicit Filler(Random random);

  /// Appends about `bytes` bytes of whole sentences or lines.
  void append(std::string& out, Random& random, std::size_t bytes, FillerKind kind) const;

  /// One to `most` words without anything to escape: for names, commands and patterns.
  void append_words(std::string& out, Random& random, std::size_t most) const;

 private:
  std::vector<std::string> words_;
  std::array<std::vector<std::string>, 3> pieces_;
};

}  // namespace usagectl
