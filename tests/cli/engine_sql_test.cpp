#include "cli/sql/engine_sql.hpp"

#include <doctest/doctest.h>

#include <string>

#include "harness/text_file.hpp"
#include "render/flat_claim.hpp"
#include "render/flat_record.hpp"

using namespace usagectl;

namespace {

/// The names of the columns of a table in a script, each on a line of its own in quotes.
std::string columns_of_table(const std::string& script, const std::string& table) {
  std::string names;
  bool is_table = false;
  for (const std::string& line : lines_of(script)) {
    if (line.starts_with("CREATE TABLE IF NOT EXISTS " + table + " (")) is_table = true;
    if (is_table && line.starts_with(")")) return names;
    const auto open = line.find_first_of("\"`");
    if (!is_table || open != 2) continue;
    names += line.substr(open + 1, line.find_first_of("\"`", open + 1) - open - 1) + ",";
  }
  return names;
}

}  // namespace

TEST_CASE("the table of every engine has the columns of flat records, in their order") {
  std::string expected = flat_csv_header();
  expected.back() = ',';
  for (const std::string& engine : sql_engines()) {
    CAPTURE(engine);
    CHECK(columns_of_table(engine_sql(engine, {"a", "a.jsonl"}), "usage_records") == expected);
  }
}

TEST_CASE("a script loads the file that it is asked to, under that name") {
  for (const std::string& engine : sql_engines()) {
    CAPTURE(engine);
    const std::string script = engine_sql(engine, {"node 7", "a b.jsonl"});
    CHECK(script.find("'node 7'") != std::string::npos);
    CHECK(script.find("'a b.jsonl'") != std::string::npos);
    CHECK(script.find_first_of("{") == script.find("{\n    'file'"));
  }
}

TEST_CASE("claims have the columns that records --claims writes, in their order") {
  std::string expected;
  for (const std::string& column : lines_of(flat_claim_columns()))
    expected += column.substr(0, column.find(' ')) + ",";
  for (const std::string& engine : sql_engines()) {
    CAPTURE(engine);
    CHECK(columns_of_table(engine_sql(engine, {"a", "a.jsonl"}), "usage_claims") == expected);
  }
}

TEST_CASE("a script loads claims only where there is a file of them") {
  for (const std::string& engine : sql_engines()) {
    CAPTURE(engine);
    const std::string without = engine_sql(engine, {"node 7", "a.jsonl"});
    const std::string with = engine_sql(engine, {"node 7", "a.jsonl", "a claims.jsonl"});
    CHECK(without.find("INSERT INTO usage_claims SELECT") == std::string::npos);
    CHECK(with.find("'a claims.jsonl'") != std::string::npos);
    for (const std::string& script : {without, with}) {
      CHECK(script.find("{if") == std::string::npos);
      CHECK(script.find("{end}") == std::string::npos);
      CHECK(script.find("{claims}") == std::string::npos);
    }
  }
}

TEST_CASE("in a cluster each shard has tables of its own, and one name for all of them") {
  const std::string alone = engine_sql("clickhouse", {"a", "a.jsonl"});
  CHECK(alone.find("Distributed") == std::string::npos);
  CHECK(alone.find("_shard") == std::string::npos);
  const std::string script = engine_sql("clickhouse", {"a", "a.jsonl", "c.jsonl", "fleet"});
  CHECK(columns_of_table(script, "usage_records_shard") ==
        columns_of_table(alone, "usage_records"));
  for (const std::string table : {"usage_records", "usage_claims"}) {
    CHECK(script.find("Distributed('fleet', currentDatabase(), " + table + "_shard)") !=
          std::string::npos);
    CHECK(script.find("INSERT INTO " + table + "_shard ") != std::string::npos);
  }
  CHECK(has_clusters("clickhouse"));
  CHECK_FALSE(has_clusters("duckdb"));
}

TEST_CASE("names that an engine would read as something else are refused") {
  CHECK(is_plain_name("node-7/2026-11-26.jsonl"));
  for (const std::string name : {"", "it's", "a\\", "a\nb", "{file}"}) {
    CAPTURE(name);
    CHECK_FALSE(is_plain_name(name));
  }
}
