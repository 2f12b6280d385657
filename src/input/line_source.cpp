#include "input/line_source.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace usagectl {
namespace {

constexpr std::size_t kMebibyte = std::size_t{1024} * 1024;
constexpr std::size_t kAtOnceBytes = kMebibyte;

/// Of what is compressed beyond belief, no more is held in memory.
constexpr std::size_t kAlwaysHeldBytes = 8 * kMebibyte;

}  // namespace

/// 0 where none ends; the first `searched` bytes hold no line break.
std::size_t LineSource::end_of_last_line(std::string_view text, std::size_t searched) const {
  if (whole_bytes_) return whole_bytes_(text);
  const auto line_break = text.substr(searched).rfind('\n');
  return line_break == std::string_view::npos ? 0 : searched + line_break + 1;
}

/// Ends a line that is too long, of which nothing but its first bytes is kept.
ReadResult LineSource::drop_rest_of_line(TextBuffer& block) {
  block.truncate(longest_line_bytes_ + 1);
  TextBuffer more;
  while (!at_end_) {
    more.truncate(0);
    ReadResult result = more.fill(source_, kAtOnceBytes, at_end_);
    const auto line_break = more.text().find('\n');
    if (line_break != std::string_view::npos) {
      block.append("\n");
      rest_.assign(more.text().substr(line_break + 1));
    }
    if (!result.ok()) {
      at_end_ = true;
      rest_.truncate(0);
      // What was read of a line that broke off there says nothing, however long it is.
      if (line_break == std::string_view::npos) block.truncate(0);
    }
    if (!result.ok() || line_break != std::string_view::npos) return result;
  }
  return {};
}

/// A problem where what is held is unpacked from next to nothing; then it is dropped.
ReadResult LineSource::check_unpacked(TextBuffer& held) {
  if (held.size() <= kAlwaysHeldBytes || held.size() <= source_.believable_bytes()) return {};
  held.truncate(0);
  at_end_ = true;
  return {
      "is not read to its end: it unpacks to hundreds of times its size, all of which would be "
      "held in memory; unpack it, and name the file that was in it"};
}

ReadResult LineSource::complete(TextBuffer& block, std::size_t bytes) {
  std::size_t searched = 0;
  for (;;) {
    if (!at_end_ && block.size() < bytes) {
      if (ReadResult result = block.fill(source_, bytes, at_end_); !result.ok()) {
        // What was read of a line that broke off there says nothing.
        block.truncate(end_of_last_line(block.text(), searched));
        at_end_ = true;
        return result;
      }
    }
    if (at_end_) return {};
    if (const std::size_t end = end_of_last_line(block.text(), searched); end > 0) {
      rest_.assign(block.text().substr(end));
      block.truncate(end);
      return {};
    }
    if (whole_bytes_ && block.size() > longest_bytes_) {
      at_end_ = true;
      block.truncate(0);
      return {fmt::format("has a row of more than {} MiB, or a quote that is never closed",
                          longest_bytes_ / 1024 / 1024)};
    }
    if (ReadResult result = check_unpacked(block); !result.ok()) return result;
    if (!whole_bytes_ && block.size() > longest_line_bytes_) return drop_rest_of_line(block);
    searched = block.size();
    bytes = block.size() * 2;
    if (!whole_bytes_) bytes = std::min(bytes, longest_line_bytes_ + 1);
  }
}

ReadResult LineSource::next(TextBuffer& block, std::size_t bytes) {
  std::swap(block, rest_);
  rest_.truncate(0);
  return complete(block, bytes);
}

ReadResult LineSource::rest(TextBuffer& text, std::size_t most_bytes) {
  text.append(rest_.text());
  rest_.truncate(0);
  ReadResult result;
  while (result.ok() && !at_end_ && text.size() <= most_bytes) {
    const std::size_t wanted = std::max(text.size() * 2, kAtOnceBytes);
    result = text.fill(source_, std::min(wanted, most_bytes + 1), at_end_);
    if (result.ok()) result = check_unpacked(text);
  }
  if (result.ok() && text.size() > most_bytes) {
    result.problem = fmt::format(
        "has more than {}, and can only be read as a whole: cut it into parts, or save its usage "
        "as "
        "JSON lines or CSV",
        most_bytes % kMebibyte == 0 ? fmt::format("{} MiB", most_bytes / kMebibyte)
                                    : fmt::format("{} bytes", most_bytes));
    text.truncate(0);
  }
  at_end_ = true;
  return result;
}

}  // namespace usagectl
