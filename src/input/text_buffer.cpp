#include "input/text_buffer.hpp"

#include <algorithm>
#include <cstring>
#include <new>

#include "base/large_pages.hpp"
#include "input/json/json_parser.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kSmallest = std::size_t{64} * 1024;

}  // namespace

void TextBuffer::reserve(std::size_t bytes) {
  if (bytes <= capacity_ && bytes_ != nullptr) return;
  void* larger = std::realloc(bytes_.get(), bytes + JsonParser::kPadding);
  if (larger == nullptr) throw std::bad_alloc();
  static_cast<void>(bytes_.release());
  bytes_.reset(static_cast<char*>(larger));
  capacity_ = bytes;
  if (bytes >= kLargeBytes) ask_for_large_pages(bytes_.get() + size_, bytes - size_);
}

void TextBuffer::truncate(std::size_t size) {
  reserve(size);
  size_ = size;
  std::memset(bytes_.get() + size_, 0, JsonParser::kPadding);
}

void TextBuffer::append(std::string_view text) {
  reserve(size_ + text.size());
  if (!text.empty()) std::memcpy(bytes_.get() + size_, text.data(), text.size());
  truncate(size_ + text.size());
}

void TextBuffer::assign(std::string_view text) {
  size_ = 0;
  append(text);
}

ReadResult TextBuffer::fill(ByteSource& source, std::size_t bytes, bool& at_end) {
  reserve(std::max(bytes, kSmallest));
  ReadResult result;
  at_end = false;
  while (result.ok() && size_ < bytes && !at_end) {
    std::size_t got = 0;
    result = source.read(bytes_.get() + size_, bytes - size_, got);
    size_ += got;
    at_end = result.ok() && got == 0;
  }
  truncate(size_);
  return result;
}

ReadResult TextBuffer::fill(ByteSource& source) {
  bool at_end = false;
  ReadResult result;
  // One byte more than is expected, so that the end is seen without growing again.
  std::size_t bytes = std::max<std::size_t>(source.expected_bytes() + 1, kSmallest);
  while (result.ok() && !at_end) {
    result = fill(source, std::max(bytes, size_ + 1), at_end);
    bytes = capacity_ * 2;
  }
  return result;
}

}  // namespace usagectl
