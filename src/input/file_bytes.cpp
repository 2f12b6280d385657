#include "input/file_bytes.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "input/json_parser.hpp"

namespace usagectl {
namespace {

/// Closes what it holds, standard input excepted.
struct Descriptor {
  int number = -1;
  ~Descriptor() {
    if (number > STDIN_FILENO) close(number);
  }
};

}  // namespace

void FileBytes::reserve(std::size_t bytes) {
  if (bytes <= capacity_) return;
  auto larger = std::make_unique_for_overwrite<char[]>(bytes + JsonParser::kPadding);
  if (size_ > 0) std::memcpy(larger.get(), data_.get(), size_);
  data_ = std::move(larger);
  capacity_ = bytes;
}

ReadResult FileBytes::read(const std::string& path) {
  size_ = 0;
  Descriptor file;
  // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
  file.number = path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file.number < 0) {
    return {errno == ENOENT ? "no such file" : fmt::format("cannot be opened: {}", std::strerror(errno))};
  }
  struct stat status{};
  if (fstat(file.number, &status) != 0) {
    return {fmt::format("cannot be read: {}", std::strerror(errno))};
  }
  if (S_ISDIR(status.st_mode)) return {"is a folder"};
  const bool has_size = S_ISREG(status.st_mode) && status.st_size > 0;
  const auto expected = has_size ? static_cast<std::size_t>(status.st_size) : 0;
  reserve(has_size ? expected + 1 : std::size_t{64} * 1024);
  for (;;) {
    if (size_ == capacity_) reserve(capacity_ * 2);
    const ssize_t got = ::read(file.number, data_.get() + size_, capacity_ - size_);
    if (got == 0) break;
    if (got > 0) {
      size_ += static_cast<std::size_t>(got);
    } else if (errno == EAGAIN) {
      pollfd waiting{file.number, POLLIN, 0};
      poll(&waiting, 1, -1);
    } else if (errno != EINTR) {
      const int reason = errno;
      size_ = 0;
      return {fmt::format("cannot be read: {}", std::strerror(reason))};
    }
  }
  std::memset(data_.get() + size_, 0, JsonParser::kPadding);
  if (size_ < expected) {
    return {fmt::format("shrank while it was read: {} of {} bytes were there", size_, expected)};
  }
  return {};
}

}  // namespace usagectl
