#include "harness/shell.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <stdexcept>

namespace usagectl {

ShellOutcome run_shell(const std::string& script, const std::string& path_first) {
  const char* old_path = std::getenv("PATH");
  const std::string path = path_first + ":" + (old_path == nullptr ? "/usr/bin:/bin" : old_path);

  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("no new process");
  if (child == 0) {
    const int nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(ends[1], STDOUT_FILENO);
    ::dup2(ends[1], STDERR_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    ::setenv("PATH", path.c_str(), 1);
    ::execl("/bin/sh", "sh", "-c", script.c_str(), static_cast<char*>(nullptr));
    ::_exit(127);
  }
  ::close(ends[1]);

  ShellOutcome outcome;
  std::array<char, 65536> block{};
  for (;;) {
    const ssize_t size = ::read(ends[0], block.data(), block.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) break;
    outcome.output.append(block.data(), static_cast<std::size_t>(size));
  }
  ::close(ends[0]);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  outcome.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return outcome;
}

}  // namespace usagectl
