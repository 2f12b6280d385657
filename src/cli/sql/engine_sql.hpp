#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace usagectl {

/// Names of the engines that there is SQL for, in alphabetical order.
std::vector<std::string> sql_engines();

/// What a script loads.
struct SqlLoad {
  std::string name;
  std::string file;
  std::string claims = {};   ///< file of --claims; empty = none
  std::string cluster = {};  ///< of ClickHouse, whose shards hold the loads; empty = none
};

/// Whether the engine has tables that are spread over a cluster by the script itself.
bool has_clusters(std::string_view engine);

/// The tables for `records --flat`, the commands that load files under a name, and the views, as
/// one script. Throws std::out_of_range for an unknown engine.
std::string engine_sql(std::string_view engine, const SqlLoad& load);

/// Whether a name can be written as a text of SQL, in a comment, and on a line of psql.
bool is_plain_name(std::string_view name);

/// The scripts inside the program, one file of src/cli/sql each, and their parts that are about
/// claims (generated at build time). `{load}`, `{file}`, `{claims}` and `{cluster}` in them stand
/// for texts in quotes, `{shard}` for what ends the name of a table of one shard, a line `--
/// {claims}` for the other part, and lines from `-- {if claims}` or `-- {if cluster}` to `-- {end}`
/// are left out where there are none.
struct EmbeddedSql {
  std::string_view file;
  std::string_view sql;
};
extern const EmbeddedSql kEmbeddedSql[];
extern const std::size_t kEmbeddedSqlSize;
extern const EmbeddedSql kEmbeddedClaimsSql[];
extern const std::size_t kEmbeddedClaimsSqlSize;

}  // namespace usagectl
