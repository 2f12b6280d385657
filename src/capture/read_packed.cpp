#include "capture/read_packed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "capture/places.hpp"
#include "capture/read_lines.hpp"
#include "input/containers/archive_members.hpp"
#include "input/containers/container_kind.hpp"
#include "input/containers/sqlite_tables.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{512} * 1024;
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
      : file_(file), parser_(parser), found_(found), rows_of_table_(file) {
    rows_of_table_.path = fmt::format("{}!{}", file.path, table);
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
    if (!was_asked_) {
      was_asked_ = true;
      format_ = line_format_of(text_.text(), file_, parser_);
      // One row alone is still a row.
      if (format_ == nullptr && !rows_.begins.empty()) format_ = &any_lines();
      const bool is_any = format_ != nullptr && format_->lines->takes_any;
      if (is_any && !lines_hold_usage(text_.text(), file_, parser_)) format_ = nullptr;
      // What nobody knows may be sums of another table; a known format relates its tables itself.
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
  FileContext rows_of_table_;
  Rows rows_;
  TextBuffer text_;
  bool was_asked_ = false;
  const Format* format_ = nullptr;
  std::optional<LineReaders> readers_;
};

void report(const ReadResult& problem, const FileContext& file, Observations& found,
            FileReading& reading) {
  if (problem.ok()) return;
  found.unreadable({file.id, 0, {}}, {problem.problem, {}, {}});
  reading.fate = FileFate::failed;
}

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
  report(problem, file, found, reading);
  return reading;
}

/// Reads a database into pieces; `reading` tells what became of it when the last one is brought.
FileReading read_database(const SqliteTables& database, FilePiece& piece, const FileContext& file,
                          JsonParser& parser, const std::function<void(FilePiece&&)>& bring) {
  std::string table_name;
  const auto bring_part = [&](Observations&& part) {
    const std::string prefix = table_name.empty() ? std::string() : pointer_to({}, table_name);
    each_place(part, [&](Place& place) { place.pointer.insert(0, prefix); });
    FilePiece next;
    next.file = piece.file;
    next.member = piece.member;
    piece.table = table_name;
    piece.found = std::move(part);
    bring(std::exchange(piece, std::move(next)));
  };
  Observations found(bring_part);
  FileReading reading = read_tables(database, file, parser, table_name, found, bring_part);
  if (!database.warning().empty())
    found.warning(fmt::format("{}: {}", file.path, database.warning()));
  piece.found = found.take();
  return reading;
}

/// Reads one member, which is a file of its own.
FileReading read_member(const ArchiveMember& member, const FileContext& archive,
                        std::size_t file_index, JsonParser& parser,
                        const std::function<void(FilePiece&&)>& bring) {
  const std::string path = fmt::format("{}!{}", archive.path, member.path);
  FileContext file = archive;
  file.path = path;
  file.from_folder = true;
  FilePiece piece;
  piece.file = file_index;
  piece.member = path;
  piece.begins_file = true;
  piece.bytes = member.bytes.size();
  if (!member.problem.empty()) {
    report({member.problem}, file, piece.found, piece.reading);
  } else if (container_kind(member.bytes, path).kind == ContainerKind::sqlite) {
    SqliteTables database;
    if (ReadResult result = database.open(member.bytes); result.ok()) {
      piece.reading = read_database(database, piece, file, parser, bring);
    } else {
      report(result, file, piece.found, piece.reading);
    }
  } else {
    TextBuffer text;
    text.assign(member.bytes);
    piece.lines =
        static_cast<std::uint64_t>(std::count(member.bytes.begin(), member.bytes.end(), '\n'));
    if (!member.bytes.empty() && member.bytes.back() != '\n') ++piece.lines;
    piece.reading = read_text(text.text(), file, parser, piece.found);
  }
  piece.ends_file = true;
  const FileReading reading = piece.reading;
  bring(std::move(piece));
  return reading;
}

}  // namespace

bool is_packed(std::string_view start, std::string_view path) {
  const ContainerKind kind = container_kind(start.substr(0, kContainerStartBytes), path).kind;
  return kind == ContainerKind::sqlite || kind == ContainerKind::archive ||
         kind == ContainerKind::compressed;
}

void read_packed(const std::string& path, FilePiece&& piece, const FileContext& file,
                 std::uint64_t most_unpacked_bytes, TextBuffer& start, LineSource& source,
                 JsonParser& parser, const std::function<void(FilePiece&&)>& bring) {
  const bool is_sqlite =
      container_kind(start.text().substr(0, kContainerStartBytes), file.path).kind ==
      ContainerKind::sqlite;
  const bool is_in_place = source.source().regular_file() >= 0;
  ReadResult problem;
  FileReading reading;
  if (!(is_sqlite && is_in_place)) problem = source.rest(start);
  piece.bytes = is_sqlite && is_in_place ? source.source().expected_bytes() : start.size();
  if (problem.ok() && is_sqlite) {
    SqliteTables database;
    problem = is_in_place ? database.open(path) : database.open(start.text());
    if (problem.ok()) reading = read_database(database, piece, file, parser, bring);
  } else if (problem.ok()) {
    const auto visit = [&](const ArchiveMember& member) {
      if (member.path.empty()) {
        // One compressed file is no member: it is the file.
        TextBuffer text;
        text.assign(member.bytes);
        reading = read_text(text.text(), file, parser, piece.found);
        return;
      }
      const FileReading one = read_member(member, file, piece.file, parser, bring);
      if (one.fate == FileFate::known || reading.fate == FileFate::ignored) reading.fate = one.fate;
    };
    problem = each_archive_member(start.text(), most_unpacked_bytes, visit);
  }
  report(problem, file, piece.found, reading);
  piece.reading = reading;
  piece.ends_file = true;
  bring(std::move(piece));
}

}  // namespace usagectl
