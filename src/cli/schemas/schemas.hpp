#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace usagectl {

/// A JSON Schema of something that the program writes, or of a file of the user that it reads.
struct SchemaEntry {
  std::string id;
  std::string describes;
};

/// Every schema, in the order of the ids.
std::vector<SchemaEntry> schemas();

/// The ids of all schemas, in order. Parses none of them.
std::vector<std::string> schema_ids();

/// The whole schema with that id, with all definitions that it refers to. Nothing if there is none.
std::optional<std::string> schema_text(std::string_view id);

/// The JSON texts inside the program, one per schema, and those of the definitions that several
/// schemas share (generated at build time).
struct EmbeddedSchema {
  std::string_view file;
  std::string_view json;
};
extern const EmbeddedSchema kEmbeddedSchemas[];
extern const std::size_t kEmbeddedSchemasSize;
extern const EmbeddedSchema kEmbeddedSchemaParts[];
extern const std::size_t kEmbeddedSchemaPartsSize;

}  // namespace usagectl
