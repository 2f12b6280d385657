#include "input/containers/sqlite_tables.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "harness/text_file.hpp"
#include "input/json/json_parser.hpp"

using namespace usagectl;
namespace fs = std::filesystem;

namespace {

/// A folder of the test, gone with it.
struct TemporaryFolder {
  fs::path path = new_folder();
  ~TemporaryFolder() { fs::remove_all(path); }
  std::string file(const std::string& name) const { return (path / name).string(); }
};

/// A writer of a database, open as long as this is.
struct Writer {
  sqlite3* database = nullptr;
  explicit Writer(const std::string& path) { REQUIRE(sqlite3_open(path.c_str(), &database) == 0); }
  ~Writer() { sqlite3_close(database); }
  void run(const std::string& sql) const {
    CAPTURE(sql);
    REQUIRE(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  }
};

std::string contents_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Every row of every table, one a line.
std::string rows_of(const SqliteTables& tables) {
  JsonParser parser;
  std::string lines;
  for (const SqliteTable& table : tables.tables()) {
    const ReadResult result =
        tables.each_row(table, parser, [&](std::int64_t rowid, std::string_view json) {
          lines += fmt::format("{} {} {}\n", table.name, rowid, json);
        });
    if (!result.ok()) lines += result.problem + "\n";
  }
  return lines;
}

std::string rows_of_file(const std::string& path) {
  SqliteTables tables;
  if (const ReadResult result = tables.open(path); !result.ok()) return result.problem;
  return rows_of(tables);
}

constexpr std::string_view kSchema =
    "CREATE TABLE usage(model TEXT, input INTEGER, cost REAL, data TEXT, picture BLOB);"
    "INSERT INTO usage VALUES('m-1', 9007199254740993, 0.25, '{\"output_tokens\":\n5}', x'00FF');"
    "INSERT INTO usage VALUES('a \"b\"', NULL, 3, 'plain', NULL);"
    "DELETE FROM usage WHERE rowid = 1;"
    "INSERT INTO usage(rowid, model, input) VALUES(7, '', -1);"
    "CREATE TABLE pairs(a, b, PRIMARY KEY(a, b)) WITHOUT ROWID;"
    "INSERT INTO pairs VALUES('k', 2), ('j', 1);"
    "CREATE VIEW everything AS SELECT * FROM usage;"
    "CREATE INDEX by_model ON usage(model);";

constexpr std::string_view kRows =
    "pairs 1 {\"a\":\"j\",\"b\":1}\n"
    "pairs 2 {\"a\":\"k\",\"b\":2}\n"
    "usage 2 {\"model\":\"a \\\"b\\\"\",\"input\":null,\"cost\":3.0,\"data\":\"plain\","
    "\"picture\":null}\n"
    "usage 7 {\"model\":\"\",\"input\":-1,\"cost\":null,\"data\":null,\"picture\":null}\n";

}  // namespace

TEST_CASE("tables give their rows as JSON objects, with their rowids") {
  const TemporaryFolder folder;
  Writer(folder.file("a.db")).run(std::string(kSchema));
  CHECK(rows_of_file(folder.file("a.db")) == kRows);
}

TEST_CASE("whole numbers are exact, JSON in a text becomes it, and blobs are left out") {
  const TemporaryFolder folder;
  Writer(folder.file("a?b#%.db"))
      .run(
          "CREATE TABLE t(input INTEGER, data TEXT, picture BLOB);"
          "INSERT INTO t VALUES(9007199254740993, '{\"a\":\n5}', x'00FF')");
  CHECK(rows_of_file(folder.file("a?b#%.db")) ==
        "t 1 {\"input\":9007199254740993,\"data\":{\"a\": 5}}\n");
}

TEST_CASE("a database in memory is read as its file is") {
  const TemporaryFolder folder;
  {
    const Writer writer(folder.file("a.db"));
    writer.run("PRAGMA journal_mode = wal");
    writer.run(std::string(kSchema));
  }
  SqliteTables tables;
  REQUIRE(tables.open(std::string_view(contents_of_file(folder.file("a.db")))).ok());
  CHECK(rows_of(tables) == kRows);
}

TEST_CASE("a column that is called rowid hides it, and the next name of it is used") {
  const TemporaryFolder folder;
  Writer(folder.file("a.db"))
      .run("CREATE TABLE t(rowid TEXT, oid TEXT); INSERT INTO t VALUES('x', 'y')");
  SqliteTables tables;
  REQUIRE(tables.open(folder.file("a.db")).ok());
  CHECK(rows_of(tables) == "t 1 {\"rowid\":\"x\",\"oid\":\"y\"}\n");
  CHECK(select_of_row(tables.tables().front(), 1) == "SELECT * FROM \"t\" WHERE _rowid_ = 1");
}

TEST_CASE("changes that a writer keeps beside the database are not read, and not passed over") {
  const TemporaryFolder folder;
  const std::string path = folder.file("a.db");
  const Writer writer(path);
  writer.run("PRAGMA journal_mode = wal; CREATE TABLE t(n); INSERT INTO t VALUES(1)");
  writer.run("PRAGMA wal_checkpoint(TRUNCATE)");
  writer.run("INSERT INTO t VALUES(2)");
  const std::string log = contents_of_file(path + "-wal");
  SqliteTables tables;
  REQUIRE(tables.open(path).ok());
  CHECK(tables.warning().find("a.db-wal") != std::string::npos);
  CHECK(rows_of(tables) == "t 1 {\"n\":1}\n");
  CHECK(tables.check_unchanged().ok());
  CHECK(contents_of_file(path + "-wal") == log);
  writer.run("PRAGMA wal_checkpoint(TRUNCATE)");
  CHECK(tables.check_unchanged().problem.starts_with("was changed while it was read"));
}

TEST_CASE("a database in the middle of a change is a problem") {
  const TemporaryFolder folder;
  const std::string path = folder.file("a.db");
  const Writer writer(path);
  writer.run("CREATE TABLE t(n); INSERT INTO t VALUES(1)");
  writer.run("PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN");
  writer.run(
      "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 50000) "
      "INSERT INTO t SELECT n FROM c");
  CHECK(rows_of_file(path).starts_with("is a SQLite database in the middle of a change"));
  writer.run("ROLLBACK");
  CHECK(rows_of_file(path) == "t 1 {\"n\":1}\n");
}

TEST_CASE("a damaged database is a problem") {
  const TemporaryFolder folder;
  const std::string path = folder.file("a.db");
  {
    const Writer writer(path);
    writer.run("CREATE TABLE t(n); CREATE TABLE u(n)");
    writer.run(
        "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 5000) "
        "INSERT INTO t SELECT n FROM c");
  }
  const std::string sound = contents_of_file(path);
  std::ofstream(path, std::ios::binary) << sound.substr(0, 8000);
  CHECK(rows_of_file(path).find("is a damaged SQLite database") != std::string::npos);
  std::ofstream(path, std::ios::binary) << sound.substr(0, 50) + std::string(2000, 'x');
  CHECK(rows_of_file(path).find("SQLite database") != std::string::npos);
  std::ofstream(path, std::ios::binary)
      << "no database at all, but long enough to be taken for one";
  CHECK(rows_of_file(path).starts_with("is a damaged SQLite database: file is not a database"));
  // Both leaves of a tree at the same page: its rows come again.
  std::string repeated = sound;
  constexpr std::size_t kPage = 4096;
  const std::size_t root = kPage;  // of the first table
  REQUIRE(repeated[root] == 5);    // an inner page
  for (std::size_t cell = 0; cell < 2; ++cell) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(repeated[root + i]); };
    const std::size_t offset = at(12 + cell * 2) * 256U + at(13 + cell * 2);
    repeated.replace(root + offset, 4, std::string("\0\0\0\4", 4));
  }
  std::ofstream(path, std::ios::binary) << repeated;
  CHECK(rows_of_file(path).find("its pages repeat each other") != std::string::npos);
}

TEST_CASE("a database that ends inside its last page is cut") {
  const TemporaryFolder folder;
  Writer(folder.file("a.db")).run("CREATE TABLE t(a); CREATE INDEX i ON t(a)");
  const std::string whole = contents_of_file(folder.file("a.db"));
  std::ofstream(folder.file("cut.db"), std::ios::binary) << whole.substr(0, whole.size() - 1);
  CHECK(rows_of_file(folder.file("cut.db")) == "is a damaged SQLite database: it is cut");
  SqliteTables tables;
  CHECK(tables.open(std::string_view(whole).substr(0, whole.size() - 1)).problem ==
        "is a damaged SQLite database: it is cut");
}

TEST_CASE("JSON in a database that is overwritten with zeros is a problem, other text is not") {
  const TemporaryFolder folder;
  Writer(folder.file("a.db"))
      .run(
          "CREATE TABLE t(a); INSERT INTO t VALUES('{cut'), ('x' || char(0)),"
          " (CAST('{\"a\":1,\"b' || char(0) || char(0) AS TEXT))");
  CHECK(rows_of_file(folder.file("a.db")) ==
        "t 1 {\"a\":\"{cut\"}\nt 2 {\"a\":\"x\\u0000\"}\n"
        "is a damaged SQLite database: JSON in row 3 is overwritten\n");
}

TEST_CASE("a database that is not there is a problem") {
  CHECK(rows_of_file("no/such.db").find("not a regular file") != std::string::npos);
}
