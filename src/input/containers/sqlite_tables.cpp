#include "input/containers/sqlite_tables.hpp"

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <optional>

#include "input/containers/json_text.hpp"

namespace usagectl {
namespace {

constexpr int kLongestValueBytes = 64 * 1024 * 1024;
constexpr std::string_view kJournalMark = "\xD9\xD5\x05\xF9\x20\xA1\x63\xD7";
constexpr std::size_t kHeaderBytes = 100;
constexpr std::string_view kCut = "is a damaged SQLite database: it is cut";
constexpr std::size_t kWriteVersionAt = 18;
constexpr std::size_t kReadVersionAt = 19;
/// No row takes less: two bytes that point to it, and itself.
constexpr std::uint64_t kSmallestRowBytes = 3;

std::uint32_t number_at(std::string_view header, std::size_t at, std::size_t bytes) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < bytes; ++i)
    number = (number << 8U) | static_cast<unsigned char>(header[at + i]);
  return number;
}

/// Whether the file is shorter than its pages, which its header counts. Older writers leave a count
/// of before the last change. https://www.sqlite.org/fileformat.html#the_database_header
bool is_cut(std::string_view header, std::uint64_t size_bytes) {
  if (header.size() < kHeaderBytes) return true;
  constexpr std::size_t kPageSizeAt = 16;
  constexpr std::size_t kChangesAt = 24;
  constexpr std::size_t kPagesAt = 28;
  constexpr std::size_t kPagesValidAt = 92;
  if (number_at(header, kChangesAt, 4) != number_at(header, kPagesValidAt, 4)) return false;
  const std::uint64_t page_size = number_at(header, kPageSizeAt, 2);
  const std::uint64_t page_bytes = page_size == 1 ? 65536 : page_size;
  return size_bytes < page_bytes * number_at(header, kPagesAt, 4);
}

/// A text that begins as JSON, is none, and has characters that no text has: a page of it was
/// overwritten, or never written.
bool is_overwritten_json(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || (text[first] != '{' && text[first] != '[')) return false;
  return text.find('\0') != std::string_view::npos ||
         text.find("\xEF\xBF\xBF") != std::string_view::npos;
}

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct FinishStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, FinishStatement>;

/// A name as SQL writes it.
std::string quoted_name(std::string_view name) {
  std::string text = "\"";
  for (const char c : name) {
    if (c == '"') text.push_back('"');
    text.push_back(c);
  }
  return text + "\"";
}

/// A path as a file: address writes it.
std::string address_of(const std::string& path) {
  std::string address = "file:";
  for (const char c : path) {
    if (c == '%' || c == '?' || c == '#') {
      address += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      address.push_back(c);
    }
  }
  return address + "?mode=ro&immutable=1";
}

/// Where a file has changed, one of these has.
struct FileState {
  std::uint64_t size_bytes = 0;
  std::int64_t seconds = 0;
  std::int64_t nanoseconds = 0;
  std::string header;  ///< with the counter of changes

  bool operator==(const FileState&) const = default;
};

std::optional<FileState> state_of(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  FileState state{static_cast<std::uint64_t>(status.st_size), status.st_mtim.tv_sec,
                  status.st_mtim.tv_nsec, std::string(kHeaderBytes, '\0')};
  std::ifstream(path, std::ios::binary).read(state.header.data(), kHeaderBytes);
  return state;
}

bool begins_with_journal_mark(const std::string& path) {
  std::string start(kJournalMark.size(), '\0');
  std::ifstream file(path, std::ios::binary);
  return file.read(start.data(), static_cast<std::streamsize>(start.size())) &&
         start == kJournalMark;
}

void append_real(double value, std::string& json) {
  if (!std::isfinite(value)) {
    json += "null";
    return;
  }
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  json += text;
}

std::string_view text_of(sqlite3_stmt* statement, int column) {
  const unsigned char* const text = sqlite3_column_text(statement, column);
  const int bytes = sqlite3_column_bytes(statement, column);
  if (text == nullptr) return {};
  return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(bytes)};
}

/// The name that the rowid has where the columns leave one of its three free.
std::string_view rowid_name(const SqliteTable& table) {
  for (const std::string_view name : {"rowid", "_rowid_", "oid"}) {
    const auto is_name = [&](const std::string& column) {
      return sqlite3_stricmp(column.c_str(), std::string(name).c_str()) == 0;
    };
    if (std::none_of(table.columns.begin(), table.columns.end(), is_name)) return name;
  }
  return {};
}

}  // namespace

struct SqliteTables::State {
  std::string path;  ///< empty: in memory
  std::optional<FileState> at_opening;
  std::unique_ptr<sqlite3, CloseDatabase> database;
  std::vector<SqliteTable> tables;
  std::string warning;
  std::uint64_t bytes = 0;

  ReadResult fault(int code) const {
    switch (code & 0xFF) {
      case SQLITE_CORRUPT:
      case SQLITE_NOTADB:
        return {fmt::format("is a damaged SQLite database: {}", sqlite3_errmsg(database.get()))};
      case SQLITE_TOOBIG:
        return {fmt::format("holds a value of more than {} MiB", kLongestValueBytes / 1024 / 1024)};
      case SQLITE_NOMEM: return {"cannot be read: out of memory"};
      default:
        return {
            fmt::format("cannot be read as a SQLite database: {}", sqlite3_errmsg(database.get()))};
    }
  }

  ReadResult prepare(const std::string& sql, Statement& statement) const {
    sqlite3_stmt* raw = nullptr;
    const int code = sqlite3_prepare_v2(database.get(), sql.c_str(), -1, &raw, nullptr);
    statement.reset(raw);
    return code == SQLITE_OK ? ReadResult{} : fault(code);
  }

  /// What a hostile database could ask for is refused.
  void limit() const {
    sqlite3* const db = database.get();
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, kLongestValueBytes);
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
  }

  ReadResult list_tables() {
    Statement statement;
    // Tables of the library itself hold counters and statistics.
    ReadResult result = prepare(
        "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
        "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
        statement);
    if (!result.ok()) return result;
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(statement.get())) == SQLITE_ROW) {
      SqliteTable table;
      table.name = text_of(statement.get(), 0);
      table.has_rowid = sqlite3_column_int(statement.get(), 1) == 0;
      tables.push_back(std::move(table));
    }
    if (code != SQLITE_DONE) return fault(code);
    for (SqliteTable& table : tables) {
      if (result = list_columns(table); !result.ok()) return result;
    }
    return {};
  }

  ReadResult list_columns(SqliteTable& table) const {
    Statement statement;
    ReadResult result =
        prepare("SELECT name FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid", statement);
    if (!result.ok()) return result;
    sqlite3_bind_text(statement.get(), 1, table.name.data(), static_cast<int>(table.name.size()),
                      SQLITE_STATIC);
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(statement.get())) == SQLITE_ROW)
      table.columns.emplace_back(text_of(statement.get(), 0));
    return code == SQLITE_DONE ? ReadResult{} : fault(code);
  }

  /// Looks at what a writer keeps beside the database.
  ReadResult look_beside() {
    const std::string journal = path + "-journal";
    if (begins_with_journal_mark(journal)) {
      return {fmt::format(
          "is a SQLite database in the middle of a change ({} is there): wait for its writer, or "
          "open it once with sqlite3 if the writer is gone",
          journal)};
    }
    struct stat status {};
    const std::string log = path + "-wal";
    if (stat(log.c_str(), &status) == 0 && status.st_size > 0) {
      warning = fmt::format(
          "its newest changes are not read: they are in {} ({} bytes); close its writer, or copy "
          "it with: sqlite3 DATABASE '.backup COPY'",
          log, status.st_size);
    }
    return {};
  }
};

SqliteTables::SqliteTables() = default;
SqliteTables::SqliteTables(SqliteTables&&) noexcept = default;
SqliteTables& SqliteTables::operator=(SqliteTables&&) noexcept = default;
SqliteTables::~SqliteTables() = default;

ReadResult SqliteTables::open(const std::string& path) {
  state_ = std::make_unique<State>();
  state_->path = path;
  state_->at_opening = state_of(path);
  if (!state_->at_opening)
    return {"cannot be opened as a SQLite database: it is not a regular file"};
  state_->bytes = state_->at_opening->size_bytes;
  if (ReadResult result = state_->look_beside(); !result.ok()) return result;
  // The pages that are missing may be in the log beside it.
  if (state_->warning.empty() && is_cut(state_->at_opening->header, state_->bytes))
    return {std::string(kCut)};
  sqlite3* raw = nullptr;
  const int code =
      sqlite3_open_v2(address_of(path).c_str(), &raw,
                      SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
  state_->database.reset(raw);
  if (code != SQLITE_OK) return state_->fault(code);
  state_->limit();
  return state_->list_tables();
}

ReadResult SqliteTables::open(std::string_view bytes) {
  state_ = std::make_unique<State>();
  state_->bytes = bytes.size();
  if (is_cut(bytes.substr(0, kHeaderBytes), bytes.size())) return {std::string(kCut)};
  sqlite3* raw = nullptr;
  int code =
      sqlite3_open_v2(":memory:", &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  state_->database.reset(raw);
  if (code != SQLITE_OK) return state_->fault(code);
  auto* const copy = static_cast<unsigned char*>(sqlite3_malloc64(bytes.size()));
  if (copy == nullptr) return {"cannot be read: out of memory"};
  std::copy(bytes.begin(), bytes.end(), copy);
  // 2 says that a log is written beside the database, for which memory has no place.
  for (const std::size_t version : {kWriteVersionAt, kReadVersionAt}) {
    if (copy[version] == 2) copy[version] = 1;
  }
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  code = sqlite3_deserialize(raw, "main", copy, size, size,
                             SQLITE_DESERIALIZE_READONLY | SQLITE_DESERIALIZE_FREEONCLOSE);
  if (code != SQLITE_OK) return state_->fault(code);
  state_->limit();
  return state_->list_tables();
}

const std::vector<SqliteTable>& SqliteTables::tables() const { return state_->tables; }
const std::string& SqliteTables::warning() const { return state_->warning; }

ReadResult SqliteTables::each_row(const SqliteTable& table, JsonParser& parser,
                                  const Visit& visit) const {
  const std::string_view rowid = table.has_rowid ? rowid_name(table) : std::string_view();
  std::string sql = "SELECT ";
  sql += rowid.empty() ? "NULL" : rowid;
  std::vector<std::string> keys;
  for (const std::string& column : table.columns) {
    sql += ", " + quoted_name(column);
    append_raw_json_string(column, keys.emplace_back());
    keys.back().push_back(':');
  }
  // A scan of the table itself, in its own order: no index, nothing sorted.
  sql += " FROM main." + quoted_name(table.name) + " NOT INDEXED";
  if (!rowid.empty()) sql += " ORDER BY " + std::string(rowid);
  Statement statement;
  if (ReadResult result = state_->prepare(sql, statement); !result.ok()) return result;

  // A sound database cannot hold more than its bytes; pages of a hostile one point to each other.
  const ReadResult repeats = {"is a damaged SQLite database: its pages repeat each other"};
  std::uint64_t rows = 0;
  std::uint64_t text_bytes = 0;
  std::int64_t last_rowid = 0;
  std::string json;
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(statement.get())) == SQLITE_ROW) {
    std::int64_t number = static_cast<std::int64_t>(++rows);
    if (!rowid.empty()) {
      number = sqlite3_column_int64(statement.get(), 0);
      if (rows > 1 && number <= last_rowid) return repeats;
      last_rowid = number;
    }
    if (rows > state_->bytes / kSmallestRowBytes) return repeats;
    json = "{";
    for (std::size_t c = 0; c < keys.size(); ++c) {
      const int column = static_cast<int>(c) + 1;
      const int type = sqlite3_column_type(statement.get(), column);
      if (type == SQLITE_BLOB) continue;
      if (json.size() > 1) json.push_back(',');
      json += keys[c];
      if (type == SQLITE_INTEGER) {
        json += std::to_string(sqlite3_column_int64(statement.get(), column));
      } else if (type == SQLITE_FLOAT) {
        append_real(sqlite3_column_double(statement.get(), column), json);
      } else if (type == SQLITE_TEXT) {
        const std::string_view text = text_of(statement.get(), column);
        text_bytes += text.size();
        if (!append_embedded_json(text, parser, json)) {
          if (is_overwritten_json(text)) {
            return {
                fmt::format("is a damaged SQLite database: JSON in row {} is overwritten", number)};
          }
          append_raw_json_string(text, json);
        }
      } else {
        json += "null";
      }
    }
    // A text of UTF-16 may take half as much again.
    if (text_bytes > state_->bytes * 2) return repeats;
    json.push_back('}');
    visit(number, json);
  }
  return code == SQLITE_DONE ? ReadResult{} : state_->fault(code);
}

ReadResult SqliteTables::check_unchanged() const {
  if (state_->path.empty() || state_of(state_->path) == state_->at_opening) return {};
  return {"was changed while it was read: read it again when its writer rests"};
}

std::string select_of_row(const SqliteTable& table, std::int64_t rowid) {
  const std::string_view name = table.has_rowid ? rowid_name(table) : std::string_view();
  if (name.empty())
    return fmt::format("SELECT * FROM {} LIMIT 1 OFFSET {}", quoted_name(table.name), rowid - 1);
  return fmt::format("SELECT * FROM {} WHERE {} = {}", quoted_name(table.name), name, rowid);
}

}  // namespace usagectl
