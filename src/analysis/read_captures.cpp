#include "analysis/read_captures.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "formats/read_file.hpp"
#include "input/file_bytes.hpp"
#include "input/walk.hpp"

namespace usagectl {
namespace {

std::uint64_t count_lines(std::string_view text) {
  const auto breaks = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
  return breaks + (text.empty() || text.back() == '\n' ? 0 : 1);
}

/// Finds files with the same bytes. Only files of the same size are ever compared.
class SameBytes {
 public:
  explicit SameBytes(const std::vector<FoundFile>& files) : files_(files) {
    for (const auto& file : files) ++files_of_size_[file.size_bytes];
  }

  /// Index of an earlier file with the same bytes.
  std::optional<std::size_t> earlier(std::size_t index, std::string_view text) {
    const FoundFile& file = files_[index];
    if (file.size_bytes == 0 || files_of_size_[file.size_bytes] < 2) return std::nullopt;
    auto& candidates = by_hash_[{file.size_bytes, std::hash<std::string_view>()(text)}];
    for (const std::size_t candidate : candidates) {
      if (other_.read(files_[candidate].path).ok() && other_.text() == text) return candidate;
    }
    candidates.push_back(index);
    return std::nullopt;
  }

 private:
  const std::vector<FoundFile>& files_;
  std::map<std::uint64_t, std::size_t> files_of_size_;
  std::map<std::pair<std::uint64_t, std::size_t>, std::vector<std::size_t>> by_hash_;
  FileBytes other_;
};

void report_same_bytes(Collector& collected, std::size_t index, std::size_t earlier, bool counted_once) {
  const auto& names = collected.file_names();
  const std::string text = fmt::format("has the same bytes as {}: {}", names[earlier],
                                       counted_once ? "counted once" : "both are counted (--dedupe counts one)");
  collected.warning(fmt::format("{} {}", names[index], text));
  Finding finding;
  finding.rule = Rule::duplicate;
  finding.severity = counted_once ? Severity::note : Severity::warning;
  finding.place.file = static_cast<FileId>(index);
  finding.explanation = text;
  finding.witnesses.push_back({{static_cast<FileId>(earlier), 0, {}}, {}});
  collected.finding(std::move(finding));
}

/// Tells about named paths in which nothing was known, unless something worse was said of them.
void report_unknown_paths(Collector& collected, const std::vector<std::string>& paths, const Found& found,
                          const std::vector<FileFate>& fates) {
  for (std::size_t named = 0; named < paths.size(); ++named) {
    std::size_t files = 0;
    bool settled = false;
    for (std::size_t i = 0; i < fates.size(); ++i) {
      if (found.files[i].named != named) continue;
      ++files;
      settled = settled || fates[i] != FileFate::ignored;
    }
    const auto concerns = [&](const std::string& path) { return path.starts_with(paths[named]); };
    settled = settled || std::any_of(found.problems.begin(), found.problems.end(),
                                     [&](const Problem& problem) { return concerns(problem.file); });
    settled = settled || std::any_of(found.repeated.begin(), found.repeated.end(), concerns);
    if (settled) continue;
    Problem problem;
    problem.file = paths[named];
    if (files == 0) {
      problem.problem = "holds no files to read";
    } else if (files == 1 && !found.files.empty() && found.files.front().path == paths[named]) {
      problem.problem = "holds no usage in a layout that is known (see: usagectl formats)";
    } else {
      problem.problem = fmt::format("none of its {} files holds usage in a layout that is known "
                                    "(see: usagectl formats)", files);
    }
    collected.intake.problems.push_back(std::move(problem));
  }
}

std::string companion_path(const std::string& path, const Format& format) {
  const auto slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? std::string() : path.substr(0, slash + 1);
  return folder + std::string(format.companion);
}

/// Puts files that may be evidence for a named file behind the named ones. Whether they are is known
/// only when the named file has been recognised.
void add_companions(Found& found) {
  std::set<std::string> listed;
  for (const auto& file : found.files) listed.insert(file.path);
  const std::size_t named_files = found.files.size();
  for (std::size_t i = 0; i < named_files; ++i) {
    const FoundFile file = found.files[i];
    if (file.from_folder || file.path == "-") continue;
    for (const Format* format : formats()) {
      if (format->companion.empty()) continue;
      const std::string path = companion_path(file.path, *format);
      if (access(path.c_str(), R_OK) == 0 && listed.insert(path).second) {
        found.files.push_back({path, file.named, false, 0});
      }
    }
  }
}

/// Reads one file after the other.
class CaptureReader {
 public:
  CaptureReader(const std::vector<FoundFile>& files, Collector& collected, bool dedupe)
      : files_(files), collected_(collected), same_bytes_(files), dedupe_(dedupe) {}

  FileReading read(std::size_t index) {
    const FoundFile& file = files_[index];
    const FileContext context{static_cast<FileId>(index), file.path, file.from_folder};
    const ReadResult result = bytes_.read(file.path);
    if (!result.ok()) {
      collected_.begin_file(0, 0, false);
      collected_.unreadable({context.id, 0, {}}, {result.problem, {}, {}});
      return {FileFate::failed, nullptr};
    }
    const auto earlier = same_bytes_.earlier(index, bytes_.text());
    collected_.begin_file(bytes_.text().size(), count_lines(bytes_.text()), earlier && dedupe_);
    const auto objects = collected_.objects_so_far();
    const auto duplicates = collected_.intake.duplicate;
    const FileReading reading = read_text(bytes_.text(), context, parser_, collected_);
    if (const auto read = collected_.objects_so_far() - objects; earlier && read > 0) {
      // Calls that an id tells apart are counted once anyway.
      const bool counted_once = dedupe_ || collected_.intake.duplicate - duplicates >= read;
      report_same_bytes(collected_, index, *earlier, counted_once);
    }
    return reading;
  }

 private:
  const std::vector<FoundFile>& files_;
  Collector& collected_;
  SameBytes same_bytes_;
  bool dedupe_;
  FileBytes bytes_;
  JsonParser parser_;
};

}  // namespace

Collector read_captures(const std::vector<std::string>& paths, Question question, const ReadOptions& options) {
  Found found = find_files(paths);
  const std::size_t named_files = found.files.size();
  add_companions(found);
  std::vector<std::string> names;
  names.reserve(found.files.size());
  for (const auto& file : found.files) names.push_back(file.path);
  Collector collected(std::move(question), std::move(names));
  if (options.on_files) options.on_files(collected.file_names());
  collected.intake.problems = found.problems;
  collected.intake.rejected += found.problems.size();
  collected.ignored("not a regular file", found.special_files);
  for (const auto& path : found.repeated) collected.warning(path + " was already read: it is counted once");
  collected.ignored("file that was already read", found.repeated.size());

  CaptureReader reader(found.files, collected, options.dedupe);
  std::vector<FileFate> fates;
  std::set<std::string> companions;  // of the files that turned out to have one
  for (std::size_t i = 0; i < named_files; ++i) {
    const FileReading reading = reader.read(i);
    fates.push_back(reading.fate);
    if (reading.format != nullptr && !found.files[i].from_folder) {
      companions.insert(companion_path(found.files[i].path, *reading.format));
    }
  }
  for (std::size_t i = named_files; i < found.files.size(); ++i) {
    if (companions.contains(found.files[i].path)) reader.read(i);
  }
  settle_running_totals(collected);
  report_unknown_paths(collected, paths, found, fates);
  return collected;
}

}  // namespace usagectl
