#include "ledger/read_captures.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "capture/file_pieces.hpp"
#include "capture/open_partials.hpp"
#include "capture/places.hpp"
#include "capture/read_file.hpp"
#include "input/byte_source.hpp"
#include "input/same_bytes.hpp"
#include "input/walk.hpp"

namespace usagectl {
namespace {

/// A file that holds calls and has the same bytes as an earlier one.
struct SameBytes {
  std::size_t file = 0;
  std::size_t earlier = 0;
  bool counted_once = false;
};

void report_same_bytes(const Ledger& ledger, Books& books, const SameBytes& same) {
  const auto& [index, earlier, is_known_once] = same;
  const bool counted_once = is_known_once || !ledger.counts(books, static_cast<FileId>(index)) ||
                            !ledger.counts(books, static_cast<FileId>(earlier));
  const auto& names = books.file_names;
  const std::string text =
      fmt::format("has the same bytes as {}: {}", names[earlier],
                  counted_once ? "counted once" : "both are counted (--dedupe counts one)");
  books.intake.warnings.push_back(fmt::format("{} {}", names[index], text));
  if (!books.question.wants_claims) return;
  Finding finding;
  finding.rule = Rule::duplicate;
  finding.severity = counted_once ? Severity::note : Severity::warning;
  finding.place.file = static_cast<FileId>(index);
  finding.explanation = text;
  finding.witnesses.push_back({{static_cast<FileId>(earlier), 0, {}}, {}});
  books.findings.push_back(std::move(finding));
}

/// What the paths of files below a named path begin with.
std::string prefix_of(const std::string& named) { return named == "." ? std::string() : named; }

/// Why a named folder has no files to read.
std::string without_visible_files(const std::string& path, const Found& found) {
  const std::string prefix = prefix_of(path);
  const auto hidden =
      std::find_if(found.hidden.begin(), found.hidden.end(),
                   [&](const std::string& name) { return name.starts_with(prefix); });
  if (hidden == found.hidden.end()) return "holds no files to read";
  return fmt::format(
      "holds no visible files, but {} may hold usage: name it, or read hidden files with --hidden",
      *hidden);
}

/// Tells about named paths in which nothing was known, unless something worse was said of them.
void report_unknown_paths(Intake& intake, const std::vector<std::string>& paths, const Found& found,
                          const std::vector<FileFate>& fates) {
  std::vector<std::size_t> files_of(paths.size());
  std::vector<bool> is_settled(paths.size());
  for (std::size_t i = 0; i < fates.size(); ++i) {
    const std::size_t named = found.files[i].named;
    if (named >= paths.size()) continue;
    ++files_of[named];
    if (fates[i] != FileFate::ignored) is_settled[named] = true;
  }
  std::vector<std::string_view> said(found.repeated.begin(), found.repeated.end());
  for (const Problem& problem : found.problems) said.push_back(problem.file);
  std::sort(said.begin(), said.end());
  for (std::size_t named = 0; named < paths.size(); ++named) {
    const std::size_t files = files_of[named];
    const std::string prefix = prefix_of(paths[named]);
    const auto concerned = std::lower_bound(said.begin(), said.end(), prefix);
    if (is_settled[named] || (concerned != said.end() && concerned->starts_with(prefix))) continue;
    Problem problem;
    problem.file = paths[named];
    if (files == 0) {
      problem.problem = without_visible_files(paths[named], found);
    } else if (files == 1 && !found.files.empty() && found.files.front().path == paths[named]) {
      problem.problem = "holds no usage in a layout that is known (see: usagectl formats)";
    } else {
      problem.problem = fmt::format(
          "none of its {} files holds usage in a layout that is known "
          "(see: usagectl formats)",
          files);
    }
    intake.problems.push_back(std::move(problem));
  }
}

/// Hidden files and folders are not read, and their names are no files of the run: the first of
/// them stands for all.
void report_hidden(Ledger& ledger, const std::vector<std::string>& hidden, FileId first) {
  if (hidden.empty()) return;
  Finding finding;
  finding.rule = Rule::coverage;
  finding.severity = Severity::warning;
  finding.place.file = first;
  finding.cause = "not-read";
  finding.explanation = hidden.size() == 1
                            ? "is hidden and was not read: name it, if it holds usage to count"
                            : fmt::format(
                                  "is hidden and was not read, as are {} more: name them, "
                                  "if they hold usage to count",
                                  hidden.size() - 1);
  ledger.finding(std::move(finding));
}

/// A layout that a person gave and that describes nothing may have a mistake in what it is known
/// by.
void report_unused_layout(Ledger& ledger, const Knowledge& knowledge) {
  if (ledger.intake().files == 0) return;
  for (const auto& format : knowledge.formats) {
    if (!format->is_given || ledger.has_read_by(format->id)) continue;
    ledger.warn_of_layout(
        {.rule = Rule::coverage,
         .severity = Severity::warning,
         .explanation = fmt::format("layout {} describes none of the files that were read: nothing "
                                    "in them meets its conditions",
                                    format->id)});
  }
}

FileUse use_of(FileFate fate) {
  switch (fate) {
    case FileFate::known: return FileUse::read;
    case FileFate::ignored: return FileUse::ignored;
    case FileFate::failed: break;
  }
  return FileUse::failed;
}

/// Of what unpacks, and of pipes, nobody knows how much is to come.
constexpr std::uint64_t kMostBytesWithTotals = std::uint64_t{32} * 1024 * 1024;
constexpr std::uint64_t kMostUnknownBytesWithTotals = std::uint64_t{8} * 1024 * 1024;

/// By its name: the content is not known yet.
bool is_packed_name(const std::string& path) {
  constexpr std::string_view kSuffixes[] = {".gz",  ".zst", ".zip", ".tar",
                                            ".tgz", ".bz2", ".xz",  ".eval"};
  return std::any_of(std::begin(kSuffixes), std::end(kSuffixes),
                     [&](std::string_view suffix) { return path.ends_with(suffix); });
}

std::string companion_path(const std::string& path, const Format& format) {
  const auto slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? std::string() : path.substr(0, slash + 1);
  return folder + std::string(format.companion);
}

/// Puts files that may be evidence for a named file behind the named ones. Whether they are is
/// known only when the named file has been recognised.
void add_companions(Found& found) {
  std::set<std::string> listed;
  for (const auto& file : found.files) listed.insert(file.path);
  const std::size_t named_files = found.files.size();
  for (std::size_t i = 0; i < named_files; ++i) {
    const FoundFile file = found.files[i];
    if (file.from_folder || file.path == "-" || file.kept) continue;
    for (const Format* format : code_formats()) {
      if (format->companion.empty()) continue;
      const std::string path = companion_path(file.path, *format);
      if (access(path.c_str(), R_OK) == 0 && listed.insert(path).second) {
        found.files.push_back({path, file.named, false, 0});
      }
    }
  }
}

/// Takes in the pieces of all files, in their order.
class CaptureReader {
 public:
  CaptureReader(const std::vector<FoundFile>& files, Ledger& ledger, const ReadOptions& options,
                bool wants_keys)
      : files_(files),
        ledger_(ledger),
        options_(options),
        wants_keys_(wants_keys),
        earlier_(files_with_same_bytes(files, options.threads)) {
    readings_.resize(files.size());
    has_same_bytes_.resize(files.size());
    for (std::size_t file = 0; file < files.size(); ++file) {
      if (!earlier_[file]) continue;
      has_same_bytes_[file] = true;
      has_same_bytes_[*earlier_[file]] = true;
    }
    expected_bytes_ = bytes_in(files);
    const bool are_known = std::all_of(files.begin(), files.end(), [](const FoundFile& file) {
      return file.size_bytes > 0 && !is_packed_name(file.path);
    });
    most_bytes_with_totals_ = are_known ? kMostBytesWithTotals : kMostUnknownBytesWithTotals;
  }

  void read(const std::vector<std::size_t>& indices) {
    PieceOptions pieces;
    pieces.threads = worthwhile_threads(indices);
    pieces.wants_keys = wants_keys_;
    pieces.knowledge = options_.knowledge;
    pieces.most_unpacked_bytes = options_.most_unpacked_bytes;
    pieces.longest_line_bytes = options_.longest_line_bytes;
    read_file_pieces(files_, indices, pieces, [this](FilePiece& piece) { take(piece); });
  }

  const FileReading& reading(std::size_t index) const { return readings_[index]; }
  /// Of the files that were found in others, whose numbers go on from those of the list.
  const std::vector<FoundFile>& members() const { return members_; }
  const std::vector<SameBytes>& same_bytes() const { return same_bytes_; }

 private:
  /// Of the file whose pieces are coming.
  struct Current {
    std::uint64_t lines = 0;
    std::uint64_t objects_before = 0;
    std::uint64_t duplicates_before = 0;
    std::size_t problems_before = 0;
  };

  /// 0 where that cannot be known before they are read.
  static std::uint64_t bytes_in(const std::vector<FoundFile>& files) {
    std::uint64_t bytes = 0;
    for (const auto& file : files) {
      if (file.path == "-" || without_compression_suffix(file.path) != file.path) return 0;
      bytes += file.size_bytes;
    }
    return bytes;
  }

  /// No more threads than there is work for: starting one takes as long as reading a small file.
  std::size_t worthwhile_threads(const std::vector<std::size_t>& indices) const {
    std::uint64_t bytes = 0;
    for (const std::size_t index : indices) {
      // A pipe may bring anything.
      bytes += files_[index].size_bytes == 0 ? kBytesPerThread
                                             : files_[index].size_bytes + kBytesPerFile;
    }
    return std::clamp<std::size_t>(bytes / kBytesPerThread, 1, options_.threads);
  }

  void take(FilePiece& piece) {
    if (options_.on_piece) options_.on_piece(piece);
    if (!piece.member.empty()) become_file(piece);
    if (piece.begins_file) begin(piece.file);
    // A reader of its own has numbered the units and groups of a shared piece.
    if (piece.lines_are_relative) ledger_.begin_numbers_anew();
    // What a row sums up stands in its own table.
    if (piece.table != table_) ledger_.end_file();
    table_ = piece.table;
    ledger_.add_read(piece.bytes, piece.lines);
    if (ledger_.intake().bytes > most_bytes_with_totals_) ledger_.keep_no_totals();
    ledger_.add(std::move(piece.found), piece.lines_are_relative ? current_.lines : 0);
    current_.lines += piece.lines;
    if (options_.on_progress) options_.on_progress(ledger_.intake().bytes, expected_bytes_);
    if (piece.ends_file) end(piece.file, piece.reading);
  }

  /// A file in another one gets a number of its own when it begins.
  void become_file(FilePiece& piece) {
    if (piece.begins_file) {
      members_.push_back({piece.member, files_[piece.file].named, true, 0});
      member_file_ = ledger_.add_file(piece.member);
      readings_.resize(member_file_ + std::size_t{1});
    }
    piece.file = member_file_;
    set_file(piece.found, member_file_);
  }

  std::optional<std::size_t> earlier(std::size_t file) const {
    return file < earlier_.size() ? earlier_[file] : std::nullopt;
  }
  /// A file in another one cannot: what is needed of it later must be kept.
  bool is_there_again(std::size_t file) const {
    return file < files_.size() && can_be_read_again(files_[file]);
  }

  void begin(std::size_t file) {
    current_ = {};
    current_.objects_before = ledger_.objects_so_far();
    current_.duplicates_before = ledger_.intake().duplicate;
    current_.problems_before = ledger_.intake().problems.size();
    ledger_.begin_file(static_cast<FileId>(file), earlier(file) && options_.dedupe,
                       file < has_same_bytes_.size() && has_same_bytes_[file]);
    ledger_.keep_parts(!is_there_again(file));
  }

  void end(std::size_t file, FileReading reading) {
    ledger_.end_file();
    const auto objects = ledger_.objects_so_far() - current_.objects_before;
    if (reading.format != nullptr && reading.format->lines && reading.format->lines->takes_any &&
        objects == 0) {
      const bool was_sound = ledger_.intake().problems.size() == current_.problems_before;
      reading.fate = was_sound ? FileFate::ignored : FileFate::failed;
    }
    readings_[file] = reading;
    if (const auto same = earlier(file); same && objects > 0) {
      // Calls that an id tells apart are counted once anyway.
      const bool counted_once =
          options_.dedupe || ledger_.intake().duplicate - current_.duplicates_before >= objects;
      same_bytes_.push_back({file, *same, counted_once});
    }
  }

  static constexpr std::uint64_t kBytesPerThread = std::uint64_t{2} * 1024 * 1024;
  static constexpr std::uint64_t kBytesPerFile = std::uint64_t{64} * 1024;

  const std::vector<FoundFile>& files_;
  Ledger& ledger_;
  const ReadOptions& options_;
  bool wants_keys_;
  std::vector<std::optional<std::size_t>> earlier_;
  std::vector<bool> has_same_bytes_;
  std::vector<SameBytes> same_bytes_;
  std::vector<FileReading> readings_;
  std::vector<FoundFile> members_;
  FileId member_file_ = 0;
  std::string table_;  ///< of the last piece
  std::uint64_t expected_bytes_ = 0;
  std::uint64_t most_bytes_with_totals_ = 0;
  Current current_;
};

}  // namespace

Books read_captures(const std::vector<std::string>& named_paths, Question question,
                    const ReadOptions& options) {
  Found found = find_files(named_paths, options.walk);
  std::vector<std::string> paths = named_paths;
  const std::vector<FoundFile> kept_companions = open_partials(found, paths, options.walk);
  const std::size_t named_files = found.files.size();
  add_companions(found);
  found.files.insert(found.files.end(), kept_companions.begin(), kept_companions.end());
  std::vector<std::string> names;
  names.reserve(found.files.size());
  for (const auto& file : found.files) names.push_back(file.path);
  const auto first_hidden = static_cast<FileId>(names.size());
  if (!found.hidden.empty()) names.push_back(found.hidden.front());
  const bool wants_keys = question.wants_keys;
  std::uint64_t bytes = 0;
  for (const auto& file : found.files) bytes += file.size_bytes;
  question.wants_totals = question.wants_totals && bytes <= kMostBytesWithTotals;
  Ledger ledger(std::move(question), std::move(names));
  if (options.dedupe) ledger.sum_same_bytes_once();
  if (options.on_files) options.on_files(ledger.file_names());
  if (options.on_found) options.on_found(paths, found, named_files);
  ledger.unreadable_paths(found.problems);
  ledger.ignored("not a regular file", found.special_files);
  ledger.ignored("excluded by --exclude", found.excluded);
  for (const auto& path : found.repeated)
    ledger.warning(path + " was already read: it is counted once");
  ledger.ignored("file that was already read", found.repeated.size());

  CaptureReader reader(found.files, ledger, options, wants_keys);
  std::vector<std::size_t> named(named_files);
  std::iota(named.begin(), named.end(), std::size_t{0});
  reader.read(named);
  std::vector<FileFate> fates;
  std::set<std::string> wanted;  // companions of the files that turned out to have one
  for (const std::size_t i : named) {
    const FileReading& reading = reader.reading(i);
    fates.push_back(reading.fate);
    if (reading.format != nullptr && !found.files[i].from_folder) {
      wanted.insert(companion_path(found.files[i].path, *reading.format));
    }
  }
  std::vector<std::size_t> companions;
  for (std::size_t i = named_files; i < found.files.size(); ++i) {
    if (found.files[i].kept || wanted.contains(found.files[i].path)) companions.push_back(i);
  }
  reader.read(companions);
  report_hidden(ledger, found.hidden, first_hidden);
  // Of two sides that are compared, one may be of a layout that the other is not.
  if (!wants_keys) report_unused_layout(ledger, *options.knowledge);
  Books books = ledger.finish();
  for (const SameBytes& same : reader.same_bytes()) report_same_bytes(ledger, books, same);
  books.file_uses.assign(books.file_names.size(), FileUse::unused);
  // Behind the files of the list and a hidden one come those that were found in others.
  const std::size_t first_member = books.file_names.size() - reader.members().size();
  found.files.resize(first_member);
  found.files.insert(found.files.end(), reader.members().begin(), reader.members().end());
  for (std::size_t i = first_member; i < found.files.size(); ++i)
    books.file_uses[i] = use_of(reader.reading(i).fate);
  for (const std::size_t i : named) books.file_uses[i] = use_of(reader.reading(i).fate);
  for (const std::size_t i : companions) books.file_uses[i] = use_of(reader.reading(i).fate);
  report_unknown_paths(books.intake, paths, found, fates);
  books.found_files = std::move(found.files);
  return books;
}

}  // namespace usagectl
