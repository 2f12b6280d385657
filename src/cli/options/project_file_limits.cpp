#include "cli/options/project_file_limits.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string_view>

namespace usagectl {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestFile = std::uint64_t{1} << 20;
constexpr std::string_view kOfAnother =
    "belongs to another user; name it by --config to use it, or give --no-config";
constexpr std::uint64_t kLargestBaseline = std::uint64_t{16} << 20;

class OpenFile {
 public:
  // A FIFO without a writer would block; O_NONBLOCK opens it at once.
  explicit OpenFile(const std::string& path)
      : descriptor_(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)) {}
  ~OpenFile() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

/// Says why a file may not be read; empty when it may.
std::string limit_fault(const struct stat& status, std::uint64_t largest) {
  if (!S_ISREG(status.st_mode)) return "not a regular file";
  if (static_cast<std::uint64_t>(status.st_size) > largest)
    return fmt::format("larger than {} MiB", largest >> 20);
  return {};
}

[[noreturn]] void fail(const ProjectFile& project, const Setting& setting, std::string_view why) {
  throw InputError(fmt::format("{}: {}: {}", project.place_of(setting), setting.known->key, why));
}

/// Says why a report may not be written to a path; empty when it may.
std::string report_fault(const std::string& path, const fs::path& folder) {
  std::error_code fault;
  const fs::path target = fs::weakly_canonical(fs::absolute(path, fault), fault);
  if (fault) return fmt::format("{}: {}", path, fault.message());
  const fs::path below = target.lexically_relative(folder);
  if (below.empty() || *below.begin() == "..")
    return fmt::format("{} is outside the folder of the project file", path);
  struct stat status {};
  if (stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode))
    return fmt::format("{} is not a regular file", path);
  for (const fs::path& part : below) {
    if (part.string().starts_with("."))
      return fmt::format("{} is a hidden file or in a hidden folder", path);
  }
  return {};
}

void check_reports(const ProjectFile& project, const Setting& setting) {
  std::error_code fault;
  const fs::path folder = fs::canonical(fs::absolute(project.path, fault).parent_path(), fault);
  if (fault) fail(project, setting, fault.message());
  for (const std::string& report : setting.values) {
    const std::string path = report.substr(report.find('=') + 1);
    if (path == "-") continue;
    if (const std::string why = report_fault(path, folder); !why.empty())
      fail(project, setting, why);
  }
}

void check_file(const ProjectFile& project, const Setting& setting) {
  const std::uint64_t largest = setting.known->key == "baseline" ? kLargestBaseline : kLargestFile;
  for (const std::string& path : setting.values) {
    struct stat status {};
    // A file that is not there is reported by whoever opens it; a contract may be a name.
    if (stat(path.c_str(), &status) != 0) continue;
    if (const std::string why = limit_fault(status, largest); !why.empty())
      fail(project, setting, fmt::format("{}: {}", path, why));
  }
}

/// What never ends, or waits for somebody, is not read because a project file says so.
void check_paths(const ProjectFile& project, const Setting& setting) {
  for (const std::string& path : setting.values) {
    struct stat status {};
    if (stat(path.c_str(), &status) != 0 || S_ISREG(status.st_mode) || S_ISDIR(status.st_mode))
      continue;
    fail(project, setting, fmt::format("{}: not a regular file or folder", path));
  }
}

/// The nearest folder from `folder` upward that git takes for a repository; empty where none is.
fs::path repository_of(fs::path folder) {
  std::error_code fault;
  for (;;) {
    if (fs::exists(folder / ".git", fault)) return folder;
    if (folder == folder.parent_path()) return {};
    folder = folder.parent_path();
  }
}

bool lies_in(const fs::path& folder, const fs::path& outer) {
  if (outer.empty()) return false;
  const fs::path below = folder.lexically_relative(outer);
  return !below.empty() && *below.begin() != "..";
}

}  // namespace

void check_place(const std::string& path, const std::string& home) {
  std::error_code fault;
  const fs::path current = fs::current_path(fault);
  const fs::path folder = fs::weakly_canonical(fs::absolute(path, fault).parent_path(), fault);
  const fs::path repository = repository_of(current);
  const fs::path own = home.empty() ? fs::path() : fs::weakly_canonical(home, fault);
  if (lies_in(folder, repository) || lies_in(folder, own)) return;
  const auto refuse = [&path](std::string_view why) {
    throw InputError(
        fmt::format("{}: {}; name it by --config to use it, or give --no-config", path, why));
  };
  if (!repository.empty()) refuse("is outside the repository");
  if (lies_in(current, own)) refuse("is outside the home folder");
  struct stat status {};
  if (stat(folder.c_str(), &status) == 0 && (status.st_mode & S_IWOTH) != 0)
    refuse("lies in a folder that everyone may write to");
}

bool is_trusted_owner(uid_t owner, uid_t user) { return owner == user || owner == 0; }

std::string read_limited_project_file(const std::string& path, bool must_be_ours) {
  const auto refuse = [&path](std::string_view why) {
    throw InputError(fmt::format("{}: {}", path, why));
  };
  const OpenFile file(path);
  if (file.descriptor() < 0) refuse(fmt::format("cannot be read: {}", std::strerror(errno)));
  struct stat link {};
  // Whoever places a link decides what is read, whoever it belongs to.
  if (must_be_ours && lstat(path.c_str(), &link) == 0 && !is_trusted_owner(link.st_uid, geteuid()))
    refuse(kOfAnother);
  struct stat status {};
  if (fstat(file.descriptor(), &status) != 0)
    refuse(fmt::format("cannot be read: {}", std::strerror(errno)));
  if (const std::string why = limit_fault(status, kLargestFile); !why.empty()) refuse(why);
  if (must_be_ours && !is_trusted_owner(status.st_uid, geteuid())) refuse(kOfAnother);
  std::string text(kLargestFile + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t got = read(file.descriptor(), text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) refuse(fmt::format("cannot be read: {}", std::strerror(errno)));
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > kLargestFile) refuse("larger than 1 MiB");
  text.resize(size);
  return text;
}

void check_limits(const ProjectFile& project) {
  for (const Setting& setting : project.settings) {
    switch (setting.known->kind) {
      case SettingKind::reports: check_reports(project, setting); break;
      case SettingKind::path:
      case SettingKind::contract: check_file(project, setting); break;
      case SettingKind::paths: check_paths(project, setting); break;
      default: break;
    }
  }
}

}  // namespace usagectl
