#include "cli/schemas/schemas.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "cli/schemas/schema_words.hpp"

namespace usagectl {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kReference = "#/$defs/";

std::string id_of(const EmbeddedSchema& schema) {
  return std::string(schema.file.substr(0, schema.file.rfind(".json")));
}

std::optional<ordered_json> find_in(const EmbeddedSchema* schemas, std::size_t size,
                                    std::string_view id) {
  const auto* const found = std::find_if(
      schemas, schemas + size, [&](const EmbeddedSchema& schema) { return id_of(schema) == id; });
  if (found == schemas + size) return std::nullopt;
  return ordered_json::parse(found->json);
}

std::optional<ordered_json> find_schema(std::string_view id) {
  return find_in(kEmbeddedSchemas, kEmbeddedSchemasSize, id);
}

/// Completes a schema by the definitions that it refers to and does not have itself: a file in
/// parts/, a list of words, or another schema.
class Definitions {
 public:
  explicit Definitions(ordered_json own) : all_(std::move(own)) {}

  void add_those_of(const ordered_json& node) {
    for (const auto& [key, child] : node.items()) {
      if (key == "$ref" && child.is_string()) {
        add(child.get<std::string>());
      } else if (child.is_structured()) {
        add_those_of(child);
      }
    }
  }

  ordered_json take() { return std::move(all_); }

 private:
  void add(const std::string& reference) {
    if (!reference.starts_with(kReference)) throw std::logic_error("not local: " + reference);
    const std::string name = reference.substr(kReference.size());
    if (all_.contains(name)) return;
    if (auto part = find_in(kEmbeddedSchemaParts, kEmbeddedSchemaPartsSize, name)) {
      put(name, *part);
    } else if (auto words = definition_of_words(name)) {
      put(name, *words);
    } else if (auto schema = find_schema(name)) {
      put_schema(name, std::move(*schema));
    } else {
      throw std::logic_error("undefined: " + reference);
    }
  }

  void put(const std::string& name, const ordered_json& definition) {
    all_[name] = definition;
    add_those_of(definition);
  }

  /// Another schema as a definition; its own definitions become those of the whole.
  void put_schema(const std::string& name, ordered_json schema) {
    const ordered_json own = schema.value("$defs", ordered_json::object());
    for (const char* const key : {"$schema", "$id", "title", "$defs"}) schema.erase(key);
    for (const auto& [inner, definition] : own.items()) {
      if (all_.contains(inner)) throw std::logic_error("defined twice: " + inner);
      all_[inner] = definition;
    }
    put(name, schema);
    add_those_of(own);
  }

  ordered_json all_;
};

}  // namespace

std::vector<SchemaEntry> schemas() {
  std::vector<SchemaEntry> entries;
  for (std::size_t i = 0; i < kEmbeddedSchemasSize; ++i) {
    const auto schema = ordered_json::parse(kEmbeddedSchemas[i].json);
    entries.push_back({id_of(kEmbeddedSchemas[i]), schema["title"].get<std::string>()});
  }
  std::sort(entries.begin(), entries.end(),
            [](const SchemaEntry& a, const SchemaEntry& b) { return a.id < b.id; });
  return entries;
}

std::vector<std::string> schema_ids() {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < kEmbeddedSchemasSize; ++i) ids.push_back(id_of(kEmbeddedSchemas[i]));
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::optional<std::string> schema_text(std::string_view id) {
  auto schema = find_schema(id);
  if (!schema) return std::nullopt;
  const ordered_json own = schema->value("$defs", ordered_json::object());
  schema->erase("$defs");
  Definitions definitions(own);
  definitions.add_those_of(*schema);
  definitions.add_those_of(own);
  if (ordered_json all = definitions.take(); !all.empty()) (*schema)["$defs"] = std::move(all);
  return schema->dump(2) + "\n";
}

}  // namespace usagectl
