// Databases: any bytes give tables whose rows are JSON objects, or a problem.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "input/containers/sqlite_tables.hpp"
#include "input/json/json_parser.hpp"

using namespace usagectl;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static JsonParser parser;
  SqliteTables tables;
  if (!tables.open(std::string_view(reinterpret_cast<const char*>(data), size)).ok()) return 0;
  for (const SqliteTable& table : tables.tables()) {
    (void)tables.each_row(table, parser, [&](std::int64_t rowid, std::string_view json) {
      const ParsedJson row = parser.parse_copy(json);
      if (row.fault || !row.root.is_object()) std::abort();
      (void)select_of_row(table, rowid);
    });
  }
  return 0;
}
