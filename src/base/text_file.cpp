#include "base/text_file.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace usagectl {
namespace {

constexpr std::size_t kLargest = std::size_t{256} << 20;

/// Closed at the end of its scope.
struct OpenFile {
  explicit OpenFile(const std::string& path)
      // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
      : descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (descriptor >= 0) close(descriptor);
  }

  int descriptor;
};

}  // namespace

std::string read_text_file(const std::string& path) {
  const auto fail = [&](const std::string& why) {
    throw InputError(path + ": cannot be read: " + why);
  };
  const OpenFile file(path);
  struct stat status {};
  if (file.descriptor < 0 || fstat(file.descriptor, &status) != 0) fail(std::strerror(errno));
  if (S_ISDIR(status.st_mode)) fail(std::strerror(EISDIR));
  if (!is_file_or_pipe(status.st_mode)) fail("not a regular file or a pipe");
  std::string text;
  std::array<char, 65536> block{};
  for (;;) {
    const ssize_t got = ::read(file.descriptor, block.data(), block.size());
    if (got > 0) {
      text.append(block.data(), static_cast<std::size_t>(got));
      if (text.size() > kLargest) fail("it is larger than 256 MiB");
    } else if (got == 0) {
      if (text.empty() && S_ISFIFO(status.st_mode)) fail("it is a pipe that nobody writes to");
      return text;
    } else if (errno == EAGAIN) {
      pollfd waiting{file.descriptor, POLLIN, 0};
      poll(&waiting, 1, -1);
    } else if (errno != EINTR) {
      fail(std::strerror(errno));
    }
  }
}

bool is_file_or_pipe(unsigned mode) { return S_ISREG(mode) || S_ISFIFO(mode); }

}  // namespace usagectl
