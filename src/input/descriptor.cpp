#include "input/descriptor.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace usagectl {
namespace {

// Linux reads at most 2 GiB at once.
constexpr std::size_t kLargestRead = std::size_t{1} << 30;

}  // namespace

Descriptor::~Descriptor() {
  if (number_ > STDIN_FILENO) close(number_);
}

ReadResult Descriptor::open(const std::string& path) {
  // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
  number_ = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (number_ < 0) {
    return {errno == ENOENT ? "no such file"
                            : fmt::format("cannot be opened: {}", std::strerror(errno))};
  }
  struct stat status {};
  if (fstat(number_, &status) != 0)
    return {fmt::format("cannot be read: {}", std::strerror(errno))};
  if (S_ISDIR(status.st_mode)) return {"is a folder"};
  if (S_ISREG(status.st_mode)) size_ = static_cast<std::uint64_t>(status.st_size);
  is_pipe_ = S_ISFIFO(status.st_mode) && number_ != STDIN_FILENO;
  // Standard input may be a file that somebody has begun to read.
  is_regular_ = S_ISREG(status.st_mode) && number_ != STDIN_FILENO;
  return {};
}

ReadResult Descriptor::read(char* bytes, std::size_t capacity, std::size_t& got) {
  got = 0;
  for (;;) {
    const ssize_t count = ::read(number_, bytes, std::min(capacity, kLargestRead));
    if (count > 0) {
      got = static_cast<std::size_t>(count);
      bytes_read_ += got;
      return {};
    }
    if (count == 0) {
      if (is_pipe_ && bytes_read_ == 0) return {"is empty: it is a pipe that nobody writes to"};
      if (bytes_read_ >= size_) return {};
      return {
          fmt::format("shrank while it was read: {} of {} bytes were there", bytes_read_, size_)};
    }
    if (errno == EAGAIN) {
      pollfd waiting{number_, POLLIN, 0};
      poll(&waiting, 1, -1);
    } else if (errno != EINTR) {
      return {fmt::format("cannot be read: {}", std::strerror(errno))};
    }
  }
}

}  // namespace usagectl
