#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "input/byte_source.hpp"

namespace usagectl {

class JsonParser;

/// A table of a database; views and virtual tables are none.
struct SqliteTable {
  std::string name;
  std::vector<std::string> columns;
  bool has_rowid = true;  ///< false: its rows are numbered from 1 in the order of their keys
};

/// The tables of a SQLite 3 database, which is read and never touched: opened read-only and
/// immutable, without locks, a journal, or the file beside it that holds what was written last.
class SqliteTables {
 public:
  SqliteTables();
  SqliteTables(SqliteTables&&) noexcept;
  SqliteTables& operator=(SqliteTables&&) noexcept;
  ~SqliteTables();

  /// A database whose writer is in the middle of a change is a problem.
  ReadResult open(const std::string& path);
  /// A database in memory, which is copied.
  ReadResult open(std::string_view bytes);

  const std::vector<SqliteTable>& tables() const;

  /// Why newer rows may be missing, and what to do about it; empty when all of it is read.
  const std::string& warning() const;

  /// Visits the rows in the order of their rowids, each as a JSON object with the names of the
  /// columns as keys. Whole numbers are exact, NULL is null, a text that is a JSON object or list
  /// becomes it, and blobs are left out.
  using Visit = std::function<void(std::int64_t rowid, std::string_view json)>;
  ReadResult each_row(const SqliteTable& table, JsonParser& parser, const Visit& visit) const;

  /// After the last row: whether the file is still as it was when it was opened.
  ReadResult check_unchanged() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The statement that shows a row in the sqlite3 shell.
std::string select_of_row(const SqliteTable& table, std::int64_t rowid);

}  // namespace usagectl
