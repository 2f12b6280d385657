#pragma once

#include <cstddef>

#include "input/byte_source.hpp"
#include "input/text_buffer.hpp"

namespace usagectl {

/// Cuts the bytes of a source into blocks of whole lines.
class LineSource {
 public:
  /// `start` is what was read of the source already; `at_end` when that is all there is.
  LineSource(ByteSource source, bool at_end) : source_(std::move(source)), at_end_(at_end) {}

  /// Makes `block`, which may hold bytes that were read before, end with the last line break in it,
  /// after filling it up to about `bytes`; a longer line comes whole. What follows is kept for the
  /// next call. At the end of the source the block takes all, with or without a line break.
  ReadResult complete(TextBuffer& block, std::size_t bytes);

  /// The next block; empty only at the end.
  ReadResult next(TextBuffer& block, std::size_t bytes);

  /// Adds everything that is left to `text`.
  ReadResult rest(TextBuffer& text);

  /// What the lines come from.
  const ByteSource& source() const { return source_; }

  bool at_end() const { return at_end_ && rest_.empty(); }

 private:
  ByteSource source_;
  TextBuffer rest_;  ///< read, and behind the last block
  bool at_end_ = false;
};

}  // namespace usagectl
