#include "cli/output/report_writer.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "render/text/visible_text.hpp"

namespace usagectl {
namespace {

constexpr int kInterruptions[] = {SIGINT, SIGTERM, SIGHUP};

}  // namespace

/// A temporary file of the running reports, for the signal handler: a run that is interrupted
/// leaves nothing half-written behind.
struct InterruptedFile {
  char path[PATH_MAX] = "";
  InterruptedFile* next = nullptr;
};

namespace {

InterruptedFile* interrupted_files = nullptr;

extern "C" void remove_interrupted_files(int signal_number) {
  for (const InterruptedFile* file = interrupted_files; file != nullptr; file = file->next)
    unlink(file->path);
  std::signal(signal_number, SIG_DFL);
  std::raise(signal_number);
}

/// A signal that was ignored when usagectl started, as under nohup, stays ignored.
void set_unless_ignored(int number, void (*action)(int)) {
  if (std::signal(number, action) == SIG_IGN) std::signal(number, SIG_IGN);
}

/// Blocks interruptions while the list of files changes.
class WithoutInterruptions {
 public:
  WithoutInterruptions() {
    sigset_t held;
    sigemptyset(&held);
    for (const int number : kInterruptions) sigaddset(&held, number);
    pthread_sigmask(SIG_BLOCK, &held, &before_);
  }
  ~WithoutInterruptions() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  WithoutInterruptions(const WithoutInterruptions&) = delete;
  WithoutInterruptions& operator=(const WithoutInterruptions&) = delete;

 private:
  sigset_t before_{};
};

std::unique_ptr<InterruptedFile> remember_for_interruption(const std::string& path) {
  auto file = std::make_unique<InterruptedFile>();
  if (path.size() >= sizeof file->path) return nullptr;
  std::memcpy(file->path, path.c_str(), path.size() + 1);
  const WithoutInterruptions guard;
  if (interrupted_files == nullptr) {
    for (const int number : kInterruptions) set_unless_ignored(number, remove_interrupted_files);
  }
  file->next = interrupted_files;
  interrupted_files = file.get();
  return file;
}

void forget_for_interruption(std::unique_ptr<InterruptedFile>& file) {
  if (!file) return;
  const WithoutInterruptions guard;
  for (InterruptedFile** link = &interrupted_files; *link != nullptr; link = &(*link)->next) {
    if (*link != file.get()) continue;
    *link = file->next;
    break;
  }
  if (interrupted_files == nullptr) {
    for (const int number : kInterruptions) set_unless_ignored(number, SIG_DFL);
  }
  file.reset();
}

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string name_of_descriptor(int descriptor) {
  return fmt::format("/proc/self/fd/{}", descriptor);
}

mode_t mode_for_new_file() {
  const mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

}  // namespace

void ReportWriter::fail(int reason) const {
  throw WriteError(
      fmt::format("{}: cannot be written: {}", visible_text(shown_path_), std::strerror(reason)));
}

ReportWriter::ReportWriter(World& world, const std::string& path)
    : world_(world), shown_path_(path), path_(path) {
  if (path.empty()) return;
  struct stat status {};
  const bool exists = stat(path.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) fail(EISDIR);
  if (exists && !S_ISREG(status.st_mode)) {
    descriptor_ = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor_ < 0) fail(errno);
    return;
  }
  if (exists) {
    // A link stays; the file it leads to is replaced.
    if (char* const target = realpath(path.c_str(), nullptr)) {
      path_ = target;
      std::free(target);
    }
  }
  const mode_t mode = exists ? status.st_mode & 07777 : mode_for_new_file();
  // Without a name until it is whole, so that not even a killed run leaves anything behind.
  descriptor_ = open(folder_of(path_).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  is_nameless_ = descriptor_ >= 0 && access(name_of_descriptor(descriptor_).c_str(), F_OK) == 0;
  if (!is_nameless_) {
    if (descriptor_ >= 0) close(descriptor_);
    temporary_ = path_ + ".XXXXXX";
    descriptor_ = mkostemp(temporary_.data(), O_CLOEXEC);
    if (descriptor_ < 0) {
      const int reason = errno;
      temporary_.clear();
      fail(reason);
    }
    interrupted_ = remember_for_interruption(temporary_);
  }
  fchmod(descriptor_, mode);
}

/// Gives a nameless file a temporary name beside its final one.
void ReportWriter::give_name() {
  std::string name = path_ + ".XXXXXX";
  // mkstemp finds a free name; if it is taken in between, linkat fails.
  const int placeholder = mkostemp(name.data(), O_CLOEXEC);
  if (placeholder < 0) fail(errno);
  close(placeholder);
  temporary_ = name;
  interrupted_ = remember_for_interruption(temporary_);
  if (unlink(name.c_str()) != 0 || linkat(AT_FDCWD, name_of_descriptor(descriptor_).c_str(),
                                          AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) != 0) {
    fail(errno);
  }
}

ReportWriter::~ReportWriter() {
  if (descriptor_ >= 0) close(descriptor_);
  if (temporary_.empty()) return;
  unlink(temporary_.c_str());
  forget_for_interruption(interrupted_);
}

bool ReportWriter::write(std::string_view bytes) {
  if (shown_path_.empty()) return world_.out(bytes);
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      if (errno == EPIPE) return false;
      fail(errno);
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

void ReportWriter::finish() {
  if (descriptor_ < 0) return;
  const bool is_new_file = is_nameless_ || !temporary_.empty();
  // A full disk may be reported only now.
  if (is_new_file && fsync(descriptor_) != 0) fail(errno);
  if (is_nameless_) give_name();
  const int closed = close(descriptor_);
  descriptor_ = -1;
  if (closed != 0) fail(errno);
  if (temporary_.empty()) return;
  if (rename(temporary_.c_str(), path_.c_str()) != 0) fail(errno);
  temporary_.clear();
  forget_for_interruption(interrupted_);
}

}  // namespace usagectl
