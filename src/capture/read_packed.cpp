#include "capture/read_packed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "capture/long_lines.hpp"
#include "capture/places.hpp"
#include "capture/read_lines.hpp"
#include "input/containers/archive_members.hpp"
#include "input/containers/container_kind.hpp"
#include "input/containers/sqlite_tables.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kNulBytes = 1024;  // a NUL byte in these shows that it is no text
constexpr std::string_view kTableWithoutUsage = "table without usage";

/// Rows of one table, one a line.
struct Rows {
  std::string lines;
  std::vector<std::pair<std::size_t, std::int64_t>> begins;  ///< where each begins, and its rowid
};

/// Reads the rows of one table in blocks.
class TableReader {
 public:
  TableReader(const FileContext& file, const std::string& table, JsonParser& parser,
              Observations& found)
      : file_(file),
        parser_(parser),
        found_(found),
        path_of_table_(fmt::format("{}!{}", file.path, table)),
        rows_of_table_(file) {
    rows_of_table_.path = path_of_table_;
  }

  void add(std::int64_t rowid, std::string_view json) {
    rows_.begins.emplace_back(rows_.lines.size(), rowid);
    rows_.lines += json;
    rows_.lines.push_back('\n');
    if (rows_.lines.size() >= kBlockBytes) read_block();
  }

  /// The format of the rows; nullptr where they hold no usage.
  const Format* finish() {
    read_block();
    if (readers_) readers_->finish(found_);
    return format_;
  }

 private:
  void read_block() {
    text_.assign(rows_.lines);
    // A table may begin with rows of another kind.
    if (format_ == nullptr) {
      format_ = line_format_of(text_.text(), file_, parser_);
      // One row alone is still a row.
      if (format_ == nullptr && !rows_.begins.empty()) format_ = &any_lines();
      const bool is_any = format_ != nullptr && format_->lines->takes_any;
      if (is_any && !lines_hold_usage(text_.text(), file_, parser_)) format_ = nullptr;
      // Rows of no known format may be sums of another table; known formats relate their tables.
      if (format_ != nullptr) readers_.emplace(is_any ? rows_of_table_ : file_, *format_, parser_);
    }
    if (readers_) {
      for (std::size_t i = 0; i < rows_.begins.size(); ++i) {
        const auto [begin, rowid] = rows_.begins[i];
        const std::size_t end =
            i + 1 < rows_.begins.size() ? rows_.begins[i + 1].first : rows_.lines.size();
        // A rowid below 1 is seldom, and no line.
        const auto lines_before = static_cast<std::uint64_t>(std::max<std::int64_t>(rowid, 1) - 1);
        readers_->read(text_.text().substr(begin, end - begin), lines_before, found_);
      }
    }
    rows_.lines.clear();
    rows_.begins.clear();
  }

  const FileContext& file_;
  JsonParser& parser_;
  Observations& found_;
  std::string path_of_table_;  ///< which rows_of_table_ views
  FileContext rows_of_table_;
  Rows rows_;
  TextBuffer text_;
  const Format* format_ = nullptr;
  std::optional<LineReaders> readers_;
};

FileReading read_tables(const SqliteTables& database, const FileContext& file, JsonParser& parser,
                        std::string& table_name, Observations& found,
                        const std::function<void(Observations&&)>& bring) {
  FileReading reading;
  ReadResult problem;
  for (const SqliteTable& table : database.tables()) {
    table_name = table.name;
    TableReader rows(file, table.name, parser, found);
    problem = database.each_row(
        table, parser, [&](std::int64_t rowid, std::string_view json) { rows.add(rowid, json); });
    if (const Format* const format = rows.finish()) {
      reading = {FileFate::known, format};
    } else {
      found.ignored(kTableWithoutUsage);
    }
    bring(found.take());
    if (!problem.ok()) break;
  }
  table_name.clear();
  if (problem.ok()) problem = database.check_unchanged();
  report_problem(problem, file, found, reading);
  return reading;
}

/// Brings what is found in parts, so that it need not be held until the end; what is found last
/// stays in the piece.
class Parts {
 public:
  Parts(FilePiece& piece, const std::function<void(FilePiece&&)>& bring)
      : piece_(piece), bring_(bring) {}

  void bring(Observations&& part) {
    FilePiece next;
    next.file = piece_.file;
    next.member = piece_.member;
    next.is_packed = piece_.is_packed;
    piece_.found = std::move(part);
    bring_(std::exchange(piece_, std::move(next)));
  }

 private:
  FilePiece& piece_;
  const std::function<void(FilePiece&&)>& bring_;
};

/// Reads a database into pieces.
FileReading read_database(const SqliteTables& database, FilePiece& piece, const FileContext& file,
                          JsonParser& parser, const std::function<void(FilePiece&&)>& bring) {
  std::string table_name;
  Parts parts(piece, bring);
  const auto bring_part = [&](Observations&& part) {
    const std::string prefix = table_name.empty() ? std::string() : pointer_to({}, table_name);
    each_place(part, [&](Place& place) { place.pointer.insert(0, prefix); });
    piece.table = table_name;
    parts.bring(std::move(part));
  };
  Observations found(bring_part);
  FileReading reading = read_tables(database, file, parser, table_name, found, bring_part);
  if (!database.warning().empty())
    found.warning(fmt::format("{}: {}", file.path, database.warning()));
  piece.found = found.take();
  return reading;
}

/// Reads a text, or a database in memory, from a source inside an archive.
FileReading read_inside(ByteSource&& source, FilePiece& piece, const FileContext& file,
                        const PackedLimits& limits, JsonParser& parser,
                        const std::function<void(FilePiece&&)>& bring) {
  TextBuffer start;
  bool at_end = false;
  ReadResult problem = start.fill(source, kBlockBytes, at_end);
  const std::string_view kind_bytes = start.text().substr(0, kContainerStartBytes);
  if (container_kind(kind_bytes, file.path).kind == ContainerKind::sqlite) {
    LineSource rest(std::move(source), at_end);
    if (problem.ok()) problem = rest.rest(start, limits.held.most_held_bytes);
    piece.bytes = start.size();
    piece.unpacked_bytes = start.size();
    FileReading reading;
    SqliteTables database;
    if (problem.ok()) problem = database.open(start.text());
    if (problem.ok()) reading = read_database(database, piece, file, parser, bring);
    report_problem(problem, file, piece.found, reading);
    return reading;
  }
  Parts parts(piece, bring);
  Observations found([&](Observations&& part) { parts.bring(std::move(part)); });
  AmountRead amount;
  FileReading reading;
  const bool is_binary = start.text().substr(0, kNulBytes).find('\0') != std::string_view::npos;
  if (problem.ok() && (at_end || is_binary)) {
    amount = {start.size(), lines_in(start.text())};
    reject_long_lines(start, 0, limits.held.longest_line_bytes, file, found);
    reading = read_text(start.text(), file, parser, found);
  } else {
    LineSource lines(std::move(source), at_end);
    lines.cut_lines(limits.held.longest_line_bytes);
    OpenedText opened;
    if (problem.ok()) {
      opened = open_text(lines, start, file, parser);
    } else {
      // Lines that came before the fault are sound; the start of a line or of a document says
      // nothing.
      opened.format = line_format_of(start.text(), file, parser);
      if (opened.format != nullptr) start.truncate(start.text().rfind('\n') + 1);
      opened.problem = std::move(problem);
    }
    reading =
        read_source(std::move(opened), lines, start, limits.held, file, parser, amount, found);
  }
  piece.bytes = amount.bytes;
  piece.unpacked_bytes = amount.bytes;
  piece.lines = amount.lines;
  piece.found = found.take();
  return reading;
}

/// Reads one member, which is a file of its own.
FileReading read_member(const ArchiveMember& member, ByteSource&& source,
                        const FileContext& archive, std::size_t file_index,
                        const PackedLimits& limits, JsonParser& parser,
                        const std::function<void(FilePiece&&)>& bring) {
  const std::string path = fmt::format("{}!{}", archive.path, member.path);
  FileContext file = archive;
  file.path = path;
  file.from_folder = true;
  FilePiece piece;
  piece.file = file_index;
  piece.member = path;
  piece.begins_file = true;
  if (member.problem.empty()) {
    piece.reading = read_inside(std::move(source), piece, file, limits, parser, bring);
  } else {
    report_problem({member.problem}, file, piece.found, piece.reading);
  }
  piece.ends_file = true;
  const FileReading reading = piece.reading;
  bring(std::move(piece));
  return reading;
}

/// Reads an archive in its file where it is one, else in memory.
FileReading read_archive(const std::string& path, FilePiece& piece, const FileContext& file,
                         const PackedLimits& limits, TextBuffer& start, LineSource& source,
                         JsonParser& parser, const std::function<void(FilePiece&&)>& bring) {
  FileReading reading;
  Archive archive;
  ReadResult problem;
  std::error_code fault;
  const bool is_in_place = path != "-" && std::filesystem::is_regular_file(path, fault);
  if (is_in_place) {
    problem = archive.open(path, limits.most_unpacked_bytes);
  } else {
    problem = source.rest(start, limits.held.most_held_bytes);
    if (problem.ok()) problem = archive.open(start.text(), limits.most_unpacked_bytes);
  }
  const auto visit = [&](const ArchiveMember& member, ByteSource&& bytes) {
    if (member.path.empty()) {
      // One compressed file is no member: it is the file.
      reading = read_inside(std::move(bytes), piece, file, limits, parser, bring);
      return;
    }
    const FileReading one =
        read_member(member, std::move(bytes), file, piece.file, limits, parser, bring);
    if (one.fate == FileFate::known || reading.fate == FileFate::ignored) reading.fate = one.fate;
  };
  if (problem.ok())
    problem = each_archive_member(archive,
                                  {limits.most_unpacked_bytes, limits.held.most_held_bytes}, visit);
  const std::uint64_t in_file = source.source().expected_bytes();
  piece.bytes = !is_in_place ? start.size() : in_file > 0 ? in_file : archive.bytes_inside();
  report_problem(problem, file, piece.found, reading);
  return reading;
}

}  // namespace

bool is_packed(std::string_view start, std::string_view path) {
  const ContainerKind kind = container_kind(start.substr(0, kContainerStartBytes), path).kind;
  return kind == ContainerKind::sqlite || kind == ContainerKind::archive ||
         kind == ContainerKind::compressed;
}

bool is_archive(std::string_view start, std::string_view path) {
  return is_packed(start, path) &&
         container_kind(start.substr(0, kContainerStartBytes), path).kind != ContainerKind::sqlite;
}

void read_packed(const std::string& path, FilePiece&& piece, const FileContext& file,
                 const PackedLimits& limits, TextBuffer& start, LineSource& source,
                 JsonParser& parser, const std::function<void(FilePiece&&)>& bring) {
  FileReading reading;
  const std::string_view kind_bytes = start.text().substr(0, kContainerStartBytes);
  if (container_kind(kind_bytes, file.path).kind == ContainerKind::sqlite) {
    const bool is_in_place = source.source().regular_file() >= 0;
    ReadResult problem;
    if (!is_in_place) problem = source.rest(start, limits.held.most_held_bytes);
    piece.bytes = is_in_place ? source.source().expected_bytes() : start.size();
    SqliteTables database;
    if (problem.ok()) problem = is_in_place ? database.open(path) : database.open(start.text());
    if (problem.ok()) reading = read_database(database, piece, file, parser, bring);
    report_problem(problem, file, piece.found, reading);
  } else {
    reading = read_archive(path, piece, file, limits, start, source, parser, bring);
  }
  piece.reading = reading;
  piece.ends_file = true;
  bring(std::move(piece));
}

}  // namespace usagectl
