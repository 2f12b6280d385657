#include "capture/open_partials.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/input_error.hpp"
#include "capture/partial_file.hpp"

namespace usagectl {
namespace {

/// A file that a walk has met is asked only if its name says so.
bool is_partial(const FoundFile& file) {
  return file.size_bytes > 0 && (!file.from_folder || file.path.ends_with(kPartialSuffix)) &&
         is_partial_file(file.path);
}

template <typename List>
void append(List& list, List&& more) {
  list.insert(list.end(), std::make_move_iterator(more.begin()),
              std::make_move_iterator(more.end()));
}

Problem problem_of(const std::string& path, std::string text) {
  Problem problem;
  problem.file = path;
  problem.problem = std::move(text);
  return problem;
}

/// The files of a run by their paths, so that none is counted twice.
class Listed {
 public:
  /// Whether the file is another one than those before it. What is wrong goes into `found`.
  bool add(const FoundFile& file, Found& found) {
    const auto [known, is_new] = by_path_.try_emplace(file.path, file);
    if (is_new) return true;
    const FoundFile& other = known->second;
    const auto hash = hash_of(file);
    // Two pipes may have one name, and what came through them differs.
    const bool are_pipes = file.size_bytes == 0 && other.size_bytes == 0;
    if (are_pipes && !(hash && hash == hash_of(other))) return true;
    if (file.size_bytes == other.size_bytes && hash && hash == hash_of(other)) {
      found.repeated.push_back(file.path);
    } else {
      found.problems.push_back(problem_of(
          file.path, fmt::format("is another file {} than {}: collect them under different paths",
                                 where(file), where(other))));
    }
    return false;
  }

 private:
  static std::optional<ContentHash> hash_of(const FoundFile& file) {
    return file.kept ? file.kept->content : content_hash(file.path);
  }
  static std::string where(const FoundFile& file) {
    return file.kept ? "in " + file.kept->partial : "on this machine";
  }

  std::map<std::string, FoundFile> by_path_;
};

/// Whether a walk through the named folder would have left the file out.
bool is_left_out(const FoundFile& file, const std::string& named, const WalkOptions& options) {
  if (options.excluded.empty() || !file.from_folder) return false;
  std::string below = named == "." ? file.path : file.path.substr(named.size());
  below.erase(0, below.find_first_not_of('/'));
  // A folder on the way may be excluded, or the file.
  for (std::size_t end = below.find('/'); end != std::string::npos;
       end = below.find('/', end + 1)) {
    if (is_excluded(below.substr(0, end), options.excluded)) return true;
  }
  return is_excluded(below, options.excluded);
}

}  // namespace

std::vector<FoundFile> open_partials(Found& found, std::vector<std::string>& named_paths,
                                     const WalkOptions& options) {
  std::set<std::string> partials;
  for (const FoundFile& file : found.files) {
    if (is_partial(file)) partials.insert(file.path);
  }
  if (partials.empty()) return {};
  // What a named path stands for; behind them what partial files in folders were made of.
  std::vector<std::vector<std::string>> stands_for;
  for (const std::string& path : named_paths) stands_for.push_back({path});
  struct Entry {
    FoundFile file;
    std::size_t group = 0;  ///< in `stands_for`; `file.named` counts from its first path
  };
  std::vector<Entry> entries;
  std::vector<FoundFile> companions;
  for (FoundFile& file : std::exchange(found.files, {})) {
    if (!partials.contains(file.path)) {
      const std::size_t group = std::exchange(file.named, 0);
      entries.push_back({std::move(file), group});
      continue;
    }
    try {
      PartialContents contents = read_partial_contents(file.path);
      const std::size_t group = file.from_folder ? stands_for.size() : file.named;
      if (file.from_folder) stands_for.emplace_back();
      for (FoundFile& kept : contents.files) {
        if (is_left_out(kept, contents.named_paths[kept.named], options))
          ++found.excluded;
        else
          entries.push_back({std::move(kept), group});
      }
      stands_for[group] = std::move(contents.named_paths);
      append(companions, std::move(contents.companions));
      append(found.problems, std::move(contents.passed_over.problems));
      append(found.hidden, std::move(contents.passed_over.hidden));
      append(found.repeated, std::move(contents.passed_over.repeated));
      found.excluded += contents.passed_over.excluded;
      found.special_files += contents.passed_over.special_files;
    } catch (const InputError& error) {
      found.problems.push_back(problem_of(file.path, error.what()));
    }
  }
  std::vector<std::size_t> first_of_group;
  named_paths.clear();
  for (auto& paths : stands_for) {
    first_of_group.push_back(named_paths.size());
    append(named_paths, std::move(paths));
  }
  Listed listed;
  for (auto& [file, group] : entries) {
    if (!listed.add(file, found)) continue;
    file.named += first_of_group[group];
    found.files.push_back(std::move(file));
  }
  // Evidence that is a file of the run as well is read there.
  Found ignored;
  std::erase_if(companions, [&](const FoundFile& file) { return !listed.add(file, ignored); });
  return companions;
}

}  // namespace usagectl
