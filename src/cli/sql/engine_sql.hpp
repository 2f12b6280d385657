#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace usagectl {

/// Names of the engines that there is SQL for, in alphabetical order.
std::vector<std::string> sql_engines();

/// The table for `records --flat`, the command that loads a file under a name, and the views, as
/// one script. Throws std::out_of_range for an unknown engine.
std::string engine_sql(std::string_view engine, std::string_view load, std::string_view file);

/// Whether a name can be written as a text of SQL, in a comment, and on a line of psql.
bool is_plain_name(std::string_view name);

/// The scripts inside the program, one file of src/cli/sql each (generated at build time). `{load}`
/// and `{file}` in them stand for texts in quotes.
struct EmbeddedSql {
  std::string_view file;
  std::string_view sql;
};
extern const EmbeddedSql kEmbeddedSql[];
extern const std::size_t kEmbeddedSqlSize;

}  // namespace usagectl
