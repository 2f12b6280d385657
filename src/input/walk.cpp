#include "input/walk.hpp"

#include <dirent.h>
#include <fmt/format.h>
#include <fnmatch.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>
#include <string_view>
#include <utility>

#include "input/hidden_entries.hpp"

namespace usagectl {
namespace {

using Inode = std::pair<dev_t, ino_t>;

/// Kept by version control: nobody's usage.
bool is_of_version_control(std::string_view name) {
  return name == ".git" || name == ".hg" || name == ".svn";
}

struct Walker {
  const WalkOptions& options;
  Found found = {};
  std::set<Inode> files_met = {};

  void add(std::string path, const struct stat& status, std::size_t named, bool from_folder) {
    // Devices and pipes have no content of their own to meet twice.
    if (S_ISREG(status.st_mode) && !files_met.emplace(status.st_dev, status.st_ino).second) {
      found.repeated.push_back(std::move(path));
      return;
    }
    const auto size = S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0;
    found.files.push_back({std::move(path), named, from_folder, size});
  }

  void problem(std::string path, std::string what) {
    Problem problem;
    problem.file = std::move(path);
    problem.problem = std::move(what);
    found.problems.push_back(std::move(problem));
  }

  /// Folders still to be listed are kept in a list rather than on the call stack, so depth is no
  /// limit; files come out in the order a reader of a sorted tree expects.
  void walk(const std::string& root, std::size_t named) {
    std::vector<std::string> pending = {root};  // the last is next
    while (!pending.empty()) {
      const std::string path = std::move(pending.back());
      pending.pop_back();
      struct stat status {};
      const bool is_root = path == root;
      if (stat(path.c_str(), &status) != 0) {
        const int reason = errno;
        struct stat link {};
        if (reason == ENOENT && lstat(path.c_str(), &link) == 0) {
          ++found.special_files;  // a link to nothing
        } else {
          problem(path, fmt::format("cannot be read: {}", std::strerror(reason)));
        }
        continue;
      }
      if (S_ISREG(status.st_mode)) {
        add(path, status, named, true);
        continue;
      }
      if (!S_ISDIR(status.st_mode)) {
        ++found.special_files;
        continue;
      }
      if (!is_root) {
        struct stat link {};
        if (lstat(path.c_str(), &link) == 0 && S_ISLNK(link.st_mode)) continue;
      }
      list(root, path, pending);
    }
  }

  /// The path from the named folder.
  static std::string below(const std::string& root, const std::string& path) {
    if (root == ".") return path;
    std::size_t at = std::min(root.size(), path.size());
    while (at < path.size() && path[at] == '/') ++at;
    return path.substr(at);
  }

  void list(const std::string& root, const std::string& folder, std::vector<std::string>& pending) {
    DIR* const handle = opendir(folder.c_str());
    if (handle == nullptr) {
      problem(folder, fmt::format("cannot be listed: {}", std::strerror(errno)));
      return;
    }
    std::vector<std::string> names;
    errno = 0;
    while (const dirent* const entry = readdir(handle)) {
      const std::string_view name = entry->d_name;
      if (name != "." && name != "..") names.emplace_back(name);
      errno = 0;
    }
    if (errno != 0) problem(folder, fmt::format("cannot be listed: {}", std::strerror(errno)));
    closedir(handle);
    std::sort(names.begin(), names.end(), std::greater<>());
    std::string prefix = folder == "." ? "" : folder;
    if (!prefix.empty() && prefix.back() != '/') prefix.push_back('/');
    for (const auto& name : names) {
      if (!options.excluded.empty() && is_excluded(below(root, prefix + name), options.excluded)) {
        ++found.excluded;
        continue;
      }
      if (name.front() != '.' || (options.hidden && !is_of_version_control(name)))
        // A file called - is not standard input.
        pending.push_back(prefix.empty() && name == "-" ? "./-" : prefix + name);
      else if (may_hold_usage(prefix + name))
        found.hidden.push_back(prefix + name);
    }
  }
};

}  // namespace

bool is_excluded(const std::string& path_below, const std::vector<std::string>& patterns) {
  const std::size_t slash = path_below.rfind('/');
  const std::string name = slash == std::string::npos ? path_below : path_below.substr(slash + 1);
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& given) {
    // "logs/" is the folder "logs".
    std::string pattern = given;
    while (pattern.size() > 1 && pattern.back() == '/') pattern.pop_back();
    const bool is_path = pattern.find('/') != std::string::npos;
    return fnmatch(pattern.c_str(), (is_path ? path_below : name).c_str(), 0) == 0;
  });
}

Found find_files(const std::vector<std::string>& named_paths, const WalkOptions& options) {
  Walker walker{options};
  bool standard_input_named = false;
  for (std::size_t named = 0; named < named_paths.size(); ++named) {
    const std::string& path = named_paths[named];
    if (path == "-") {
      if (!std::exchange(standard_input_named, true)) {
        walker.found.files.push_back({"-", named, false, 0});
      } else {
        walker.found.repeated.push_back(path);
      }
      continue;
    }
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) {
      walker.problem(path, errno == ENOENT
                               ? "no such file or folder"
                               : fmt::format("cannot be read: {}", std::strerror(errno)));
    } else if (S_ISDIR(status.st_mode)) {
      walker.walk(path, named);
    } else {
      walker.add(path, status, named, false);
    }
  }
  return std::move(walker.found);
}

}  // namespace usagectl
