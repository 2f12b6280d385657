#include "input/line_source.hpp"

#include <cstring>

namespace usagectl {

ReadResult LineSource::complete(TextBuffer& block, std::size_t bytes) {
  std::size_t searched = 0;
  for (;;) {
    if (!at_end_ && block.size() < bytes) {
      if (ReadResult result = block.fill(source_, bytes, at_end_); !result.ok()) {
        at_end_ = true;
        return result;
      }
    }
    if (at_end_) return {};
    const std::string_view fresh = block.text().substr(searched);
    if (const auto line_break = fresh.rfind('\n'); line_break != std::string_view::npos) {
      const std::size_t end = searched + line_break + 1;
      rest_.assign(block.text().substr(end));
      block.truncate(end);
      return {};
    }
    searched = block.size();
    bytes = block.size() * 2;
  }
}

ReadResult LineSource::next(TextBuffer& block, std::size_t bytes) {
  std::swap(block, rest_);
  rest_.truncate(0);
  return complete(block, bytes);
}

ReadResult LineSource::rest(TextBuffer& text) {
  text.append(rest_.text());
  rest_.truncate(0);
  if (at_end_) return {};
  at_end_ = true;
  return text.fill(source_);
}

}  // namespace usagectl
