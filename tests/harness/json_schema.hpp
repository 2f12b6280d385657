#pragma once

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace usagectl {

/// A JSON Schema that documents are held against.
class JsonSchema {
 public:
  /// Throws std::runtime_error if the text is not a schema.
  explicit JsonSchema(std::string_view text);
  ~JsonSchema();
  JsonSchema(JsonSchema&&) noexcept;
  JsonSchema& operator=(JsonSchema&&) noexcept;

  /// Why the document does not keep to the schema, one reason a place; empty when it does.
  std::vector<std::string> faults(const nlohmann::json& document) const;
  bool accepts(const nlohmann::json& document) const;

 private:
  struct Parsed;
  std::unique_ptr<Parsed> parsed_;
};

/// The schemas of the program, each parsed once.
class OwnSchemas {
 public:
  /// Throws std::out_of_range if the program has none of that id.
  const JsonSchema& at(const std::string& id);

 private:
  std::map<std::string, JsonSchema> parsed_;
};

/// The id of the schema that a document of the program names: "summary" of "usagectl.summary/1".
std::optional<std::string> schema_named_in(const nlohmann::json& document);

/// The documents in a text: the one that it is, or one a line. None if it is not JSON.
std::vector<nlohmann::json> json_documents_in(const std::string& text);

}  // namespace usagectl
