#include "input/json/long_text.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace usagectl {
namespace {

// Stays in a processor's own cache.
constexpr std::size_t kBlockBytes = std::size_t{256} * 1024;

}  // namespace

void LongText::append(std::size_t begin, std::size_t end, std::string& to) const {
  if (descriptor_ < 0) {
    to += text_.substr(begin, end - begin);
    return;
  }
  const std::size_t before = to.size();
  to.resize(before + (end - begin));
  for (std::size_t at = begin; at < end;) {
    const ssize_t got =
        pread(descriptor_, to.data() + before + (at - begin), end - at, static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throw ChangedWhileRead();
    at += static_cast<std::size_t>(got);
  }
}

void LongText::each_block(const std::function<void(std::string_view)>& visit) const {
  if (descriptor_ < 0) {
    visit(text_);
    return;
  }
  std::string block;
  for (std::size_t at = 0; at < size_; at += block.size()) {
    block.clear();
    append(at, std::min(at + kBlockBytes, size_), block);
    visit(block);
  }
}

}  // namespace usagectl
