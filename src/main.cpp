#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include "base/heap.hpp"
#include "cli/output/world.hpp"

namespace {

using namespace usagectl;

Write writer_to(int descriptor, const char* name) {
  return [descriptor, name](std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t written = write(descriptor, bytes.data(), bytes.size());
      if (written < 0) {
        if (errno == EINTR) continue;
        if (errno == EPIPE) return false;
        throw WriteError(std::string(name) + " cannot be written: " + std::strerror(errno));
      }
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  };
}

std::optional<std::string> variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

/// Where the shell closed one of the three, the next file that is opened would get its number, and
/// what is said there would be written into it. Something that can be neither read nor written
/// takes the place.
void hold_closed_descriptors() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(descriptor, F_GETFD) == -1 && errno == EBADF) static_cast<void>(open("/", O_PATH));
  }
}

int terminal_width() {
  winsize size{};
  // Of the terminal that there is: the report may go into a pipe and the warnings to a person.
  for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO}) {
    if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  }
  return 80;
}

}  // namespace

int main(int argc, char** argv) {
  keep_freed_memory();
  touch_first_memory();
  hold_closed_descriptors();
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an answer, not a death
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is an error of the write
  World world;
  world.out = writer_to(STDOUT_FILENO, "standard output");
  world.err = [to_stderr = writer_to(STDERR_FILENO, "standard error")](std::string_view bytes) {
    try {
      return to_stderr(bytes);
    } catch (const WriteError&) {
      return false;  // there is nowhere left to say so
    }
  };
  world.no_color = variable("NO_COLOR");
  world.term = variable("TERM");
  world.variable = [](const std::string& name) { return variable(name.c_str()); };
  world.out_is_terminal = isatty(STDOUT_FILENO) != 0;
  world.err_is_terminal = isatty(STDERR_FILENO) != 0;
  world.width = terminal_width();
  world.now_seconds = std::time(nullptr);
  return static_cast<int>(run({argv + 1, argv + argc}, world));
}
