#include "harness/json_schema.hpp"

#include <stdexcept>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "cli/schemas/schemas.hpp"
#include "harness/text_file.hpp"

namespace usagectl {
namespace {

using nlohmann::json;
using Adapter = valijson::adapters::NlohmannJsonAdapter;

std::string text_of(const valijson::ValidationResults::Error& error) {
  std::string text;
  for (const std::string& step : error.context) text += step;
  return text + ": " + error.description;
}

}  // namespace

struct JsonSchema::Parsed {
  json document;
  valijson::Schema schema;
};

JsonSchema::JsonSchema(std::string_view text) : parsed_(std::make_unique<Parsed>()) {
  parsed_->document = json::parse(text);
  valijson::SchemaParser(valijson::SchemaParser::kDraft7)
      .populateSchema(Adapter(parsed_->document), parsed_->schema);
}

JsonSchema::~JsonSchema() = default;
JsonSchema::JsonSchema(JsonSchema&&) noexcept = default;
JsonSchema& JsonSchema::operator=(JsonSchema&&) noexcept = default;

std::vector<std::string> JsonSchema::faults(const json& document) const {
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  valijson::ValidationResults results;
  std::vector<std::string> texts;
  if (validator.validate(parsed_->schema, Adapter(document), &results)) return texts;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) texts.push_back(text_of(error));
  if (texts.empty()) texts.emplace_back("refused without a reason");
  return texts;
}

bool JsonSchema::accepts(const json& document) const {
  return valijson::Validator(valijson::Validator::kStrongTypes)
      .validate(parsed_->schema, Adapter(document), nullptr);
}

const JsonSchema& OwnSchemas::at(const std::string& id) {
  const auto known = parsed_.find(id);
  if (known != parsed_.end()) return known->second;
  const auto text = schema_text(id);
  if (!text) throw std::out_of_range("the program has no schema " + id);
  return parsed_.emplace(id, JsonSchema(*text)).first->second;
}

std::optional<std::string> schema_named_in(const json& document) {
  constexpr std::string_view kBefore = "usagectl.";
  constexpr std::string_view kAfter = "/1";
  if (!document.is_object() || !document.contains("schema") || !document["schema"].is_string())
    return std::nullopt;
  const std::string name = document["schema"].get<std::string>();
  if (!name.starts_with(kBefore) || !name.ends_with(kAfter)) return std::nullopt;
  return name.substr(kBefore.size(), name.size() - kBefore.size() - kAfter.size());
}

std::vector<json> json_documents_in(const std::string& text) {
  std::vector<json> documents;
  if (text.empty() || text.front() != '{') return documents;
  if (json document = json::parse(text, nullptr, false); !document.is_discarded())
    return {std::move(document)};
  for (const std::string& line : lines_of(text)) {
    if (line.empty()) continue;
    json document = json::parse(line, nullptr, false);
    if (document.is_discarded()) return {};
    documents.push_back(std::move(document));
  }
  return documents;
}

}  // namespace usagectl
