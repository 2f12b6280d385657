#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <utility>

#include "input/byte_source.hpp"
#include "input/text_buffer.hpp"

namespace usagectl {

/// A line is held in memory, and twice that while it is parsed.
inline constexpr std::size_t kLongestLineBytes = std::size_t{1024} * 1024 * 1024;

/// Cuts the bytes of a source into blocks of whole lines.
class LineSource {
 public:
  /// `start` is what was read of the source already; `at_end` when that is all there is.
  LineSource(ByteSource source, bool at_end) : source_(std::move(source)), at_end_(at_end) {}

  /// From now on, blocks end where `whole_bytes` says that the last whole row in them does (0:
  /// none), as a line break may stand inside a row. One that is longer than `longest_bytes` is a
  /// problem.
  void cut_rows(std::function<std::size_t(std::string_view)> whole_bytes,
                std::size_t longest_bytes) {
    whole_bytes_ = std::move(whole_bytes);
    longest_bytes_ = longest_bytes;
  }

  /// Of a line that is longer, only the first bytes come, one more than that.
  void cut_lines(std::size_t longest_bytes) { longest_line_bytes_ = longest_bytes; }

  /// Makes `block`, which may hold bytes that were read before, end with the last line break in it,
  /// after filling it up to about `bytes`; a longer line comes whole. What follows is kept for the
  /// next call. At the end of the source the block takes all, with or without a line break.
  ReadResult complete(TextBuffer& block, std::size_t bytes);

  /// The next block; empty only at the end.
  ReadResult next(TextBuffer& block, std::size_t bytes);

  /// Adds everything that is left to `text`; more than `most_bytes` in all is a problem, and then
  /// the text is empty.
  ReadResult rest(TextBuffer& text, std::size_t most_bytes);

  /// What the lines come from.
  const ByteSource& source() const { return source_; }

  bool at_end() const { return at_end_ && rest_.empty(); }

 private:
  std::size_t end_of_last_line(std::string_view text, std::size_t searched) const;
  ReadResult drop_rest_of_line(TextBuffer& block);
  ReadResult check_unpacked(TextBuffer& held);

  ByteSource source_;
  std::function<std::size_t(std::string_view)> whole_bytes_;
  std::size_t longest_bytes_ = 0;
  std::size_t longest_line_bytes_ = kLongestLineBytes;
  TextBuffer rest_;  ///< read, and behind the last block
  bool at_end_ = false;
};

}  // namespace usagectl
