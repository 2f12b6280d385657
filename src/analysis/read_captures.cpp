#include "analysis/read_captures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
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

void report_same_bytes(Collector& collected, std::size_t index, std::size_t earlier, bool dedupe) {
  const auto& names = collected.file_names();
  const std::string text = fmt::format("has the same bytes as {}: {}", names[earlier],
                                       dedupe ? "counted once" : "both are counted (--dedupe counts one)");
  collected.warning(fmt::format("{} {}", names[index], text));
  Finding finding;
  finding.rule = Rule::duplicate;
  finding.severity = dedupe ? Severity::note : Severity::warning;
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
    for (std::size_t i = 0; i < found.files.size(); ++i) {
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

}  // namespace

Collector read_captures(const std::vector<std::string>& paths, Question question, const ReadOptions& options) {
  Found found = find_files(paths);
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

  SameBytes same_bytes(found.files);
  FileBytes bytes;
  JsonParser parser;
  std::vector<FileFate> fates;
  for (std::size_t i = 0; i < found.files.size(); ++i) {
    const FoundFile& file = found.files[i];
    const FileContext context{static_cast<FileId>(i), file.path, file.from_folder};
    const ReadResult result = bytes.read(file.path);
    if (!result.ok()) {
      collected.begin_file(0, 0, false);
      collected.unreadable({context.id, 0, {}}, {result.problem, {}, {}});
      fates.push_back(FileFate::failed);
      continue;
    }
    const auto earlier = same_bytes.earlier(i, bytes.text());
    collected.begin_file(bytes.text().size(), count_lines(bytes.text()), earlier && options.dedupe);
    const auto objects = collected.objects_so_far();
    fates.push_back(read_text(bytes.text(), context, parser, collected));
    if (earlier && collected.objects_so_far() > objects) {
      report_same_bytes(collected, i, *earlier, options.dedupe);
    }
  }
  report_unknown_paths(collected, paths, found, fates);
  return collected;
}

}  // namespace usagectl
