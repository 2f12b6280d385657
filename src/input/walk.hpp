#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "input/content_hash.hpp"
#include "model/intake.hpp"

namespace usagectl {

/// Where a partial file keeps what was read of another file.
struct KeptReading {
  std::string partial;  ///< path of the partial file
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
  ContentHash content;  ///< of the file that was read; 0 for what had no size
};

/// A file to read.
struct FoundFile {
  std::string path;              ///< as shown to people, and as opened; "-" = standard input
  std::size_t named = 0;         ///< index of the named path it belongs to
  bool from_folder = false;      ///< found by walking a folder
  std::uint64_t size_bytes = 0;  ///< as found; 0 for what has no size, such as a pipe
  std::optional<KeptReading> kept = {};  ///< taken in place of the file, which need not be there
};

/// A pipe has no size, and has been emptied once it was read.
inline bool can_be_read_again(const FoundFile& file) {
  return file.kept || (file.path != "-" && file.size_bytes > 0);
}

/// What a walk through folders takes.
struct WalkOptions {
  bool hidden = false;                ///< files and folders whose name begins with a dot, too
  std::vector<std::string> excluded;  ///< patterns as of a shell; see is_excluded()
};

/// Whether a path below a named folder is left out: a pattern with a slash is compared with the
/// path from that folder, any other with each of its names; "*" and "?" match slashes too.
bool is_excluded(const std::string& path_below, const std::vector<std::string>& patterns);

struct Found {
  std::vector<FoundFile> files;     ///< in order of the named paths, sorted below each
  std::vector<Problem> problems;    ///< named paths that are not there, folders that cannot be read
  std::uint64_t excluded = 0;       ///< files and folders that the user left out
  std::uint64_t special_files = 0;  ///< sockets, pipes and devices met in folders
  std::vector<std::string> hidden;  ///< files and folders that were passed over, and may hold usage
  std::vector<std::string> repeated;  ///< paths that lead to a file already in the list
};

/// Lists the files that the named paths stand for. A folder is walked: sorted by name, hidden files
/// and folders skipped unless they are asked for, those of version control always, symbolic links
/// to files followed, links to folders not (so loops cannot happen). A file that two paths lead to
/// is listed once.
Found find_files(const std::vector<std::string>& named_paths, const WalkOptions& options = {});

}  // namespace usagectl
