// The JSON Schemas hold what the program writes and reads, and nothing else.
#include "cli/schemas/schemas.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "analysis/checks/baseline.hpp"
#include "analysis/diff/contract.hpp"
#include "base/input_error.hpp"
#include "cli/options/project_file.hpp"
#include "dialects/catalogue.hpp"
#include "harness/in_process.hpp"
#include "harness/json_schema.hpp"
#include "harness/text_file.hpp"
#include "render/flat_record.hpp"

namespace fs = std::filesystem;
using namespace usagectl;
using nlohmann::json;

namespace {

/// The schemas of files that a user writes; all others are of reports.
const std::set<std::string> kFiles = {"baseline", "contract_file", "dialect", "layout", "project"};

struct Document {
  std::string from;
  std::string schema;
  json content;
};

/// Every JSON document in the golden cases, and the lists, which are no golden cases.
std::vector<Document> documents() {
  std::vector<Document> all;
  const auto add = [&](const std::string& from, const std::string& text) {
    for (json& content : json_documents_in(text)) {
      const auto schema = schema_named_in(content);
      // SARIF, a schema, a layout: those have no name of ours.
      if (schema) all.push_back({from, *schema, std::move(content)});
    }
  };
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator("cases"))
    if (entry.path().filename() == "stdout") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) add(file.string(), contents_of(file).value());
  for (const std::string command : {"causes", "dialects", "formats", "layouts", "rules", "schema"})
    add(command, run_in_process({command, "--format", "json"}).out);
  return all;
}

/// What a person sees of the reasons.
std::string joined(const std::vector<std::string>& faults) {
  std::string text;
  for (const std::string& fault : faults) text += "\n  " + fault;
  return text;
}

/// The pointers of all members below a value, and of itself, with those of one kind of place once:
/// the first item of a list stands for the others.
void add_pointers(const json& value, const json::json_pointer& at,
                  std::vector<json::json_pointer>& pointers) {
  pointers.push_back(at);
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) add_pointers(member, at / key, pointers);
  } else if (value.is_array() && !value.empty()) {
    add_pointers(value.front(), at / 0, pointers);
  }
}

/// The pointer as a kind of place: "/findings/*/rule".
std::string kind_of(const json::json_pointer& pointer) {
  std::string kind = pointer.to_string();
  for (std::size_t at = kind.find("/0"); at != std::string::npos; at = kind.find("/0", at + 2))
    if (at + 2 == kind.size() || kind[at + 2] == '/') kind.replace(at, 2, "/*");
  return kind;
}

}  // namespace

TEST_CASE("every JSON report in the golden cases keeps to its schema") {
  OwnSchemas own;
  std::map<std::string, std::size_t> seen;
  for (const Document& document : documents()) {
    ++seen[document.schema];
    const auto faults = own.at(document.schema).faults(document.content);
    CHECK_MESSAGE(faults.empty(), document.from << joined(faults));
  }
  for (const SchemaEntry& schema : schemas()) {
    if (kFiles.count(schema.id) == 1) continue;
    CHECK_MESSAGE(seen[schema.id] > 0, "no report shows the schema " << schema.id);
  }
}

TEST_CASE("a schema refuses a key that reports do not have, at every place") {
  OwnSchemas own;
  std::set<std::string> tried;
  for (const Document& document : documents()) {
    std::vector<json::json_pointer> pointers;
    add_pointers(document.content, json::json_pointer(), pointers);
    for (const json::json_pointer& pointer : pointers) {
      if (!document.content.at(pointer).is_object()) continue;
      if (!tried.insert(document.schema + kind_of(pointer)).second) continue;
      json changed = document.content;
      changed.at(pointer)["planted by a test"] = json::array({json::object()});
      CHECK_MESSAGE(!own.at(document.schema).accepts(changed),
                    document.from << " " << pointer.to_string());
    }
  }
  CHECK(tried.size() > 100);
}

TEST_CASE("a schema refuses a value of another type, at every place") {
  // A key of a layout or dialect that may hold anything.
  const auto is_free = [](const std::string& kind) { return kind.ends_with("/note"); };
  OwnSchemas own;
  std::set<std::string> tried;
  for (const Document& document : documents()) {
    std::vector<json::json_pointer> pointers;
    add_pointers(document.content, json::json_pointer(), pointers);
    for (const json::json_pointer& pointer : pointers) {
      const std::string kind = kind_of(pointer);
      if (is_free(kind) || kind.find("/samples/") != std::string::npos) continue;
      if (!tried.insert(document.schema + kind).second) continue;
      json changed = document.content;
      changed.at(pointer) = json::array({json::array({1.5})});
      CHECK_MESSAGE(!own.at(document.schema).accepts(changed),
                    document.from << " " << pointer.to_string());
    }
  }
  CHECK(tried.size() > 300);
}

TEST_CASE("a schema asks for every key of a report but those that say when they are absent") {
  const std::set<std::string> optional = {
      "column",       "pointer",  // of a problem
      "chain_length", "rest",      "timezone", "views",  "switched_off", "switched_off_by",
      "baseline",     "relations", "bucket",   "reason", "cost",         "cost_currency",
      "calculated",   "prices"};
  OwnSchemas own;
  std::set<std::string> tried;
  for (const Document& document : documents()) {
    if (document.schema == "layouts" || document.schema == "dialects") continue;  // files of a user
    std::vector<json::json_pointer> pointers;
    add_pointers(document.content, json::json_pointer(), pointers);
    for (const json::json_pointer& pointer : pointers) {
      if (pointer.empty() || !tried.insert(document.schema + kind_of(pointer)).second) continue;
      const json::json_pointer around = pointer.parent_pointer();
      json changed = document.content;
      if (!changed.at(around).is_object()) continue;
      const std::string key = pointer.back();
      changed.at(around).erase(key);
      if (!own.at(document.schema).accepts(changed)) continue;
      const std::string name = around.empty() ? std::string() : around.back();
      // An object of names, and what only a baseline file has.
      const bool is_map = name == "known" || name == "by" || name == "scope" ||
                          name == "ignored_by" || name == "presence" || name == "counts" ||
                          name == "switched_off";
      const bool is_entry = kind_of(around).starts_with("/baseline/");
      CHECK_MESSAGE((is_map || is_entry || optional.count(key) == 1),
                    document.from << " " << pointer.to_string() << " may be absent");
    }
  }
}

TEST_CASE("every property of a schema says what it is") {
  const std::function<void(const json&, const std::string&)> visit = [&](const json& node,
                                                                         const std::string& at) {
    if (node.is_object() && node.contains("additionalProperties") && node.contains("properties")) {
      for (const auto& member : node["properties"].items()) {
        const json& property = member.value();
        const bool says = property.contains("description") || property.contains("$ref");
        CHECK_MESSAGE(says, at << " " << member.key());
      }
    }
    if (!node.is_structured()) return;
    for (const auto& [key, child] : node.items()) visit(child, at + "/" + key);
  };
  for (const SchemaEntry& schema : schemas()) {
    const json document = json::parse(schema_text(schema.id).value());
    CHECK(document["$schema"] == "https://json-schema.org/draft/2020-12/schema");
    CHECK(document["$id"] == "urn:usagectl:" + schema.id + ":1");
    visit(document, schema.id);
  }
}

TEST_CASE("a flat record has the columns of its schema, in their order") {
  const auto schema = nlohmann::ordered_json::parse(schema_text("flat_record").value());
  std::string columns;
  for (const auto& [name, property] : schema["properties"].items()) columns += name + ",";
  columns.back() = '\n';
  CHECK(columns == flat_csv_header());
}

TEST_CASE("the schema of the project file has the settings that the program knows") {
  const json schema = json::parse(schema_text("project").value());
  std::set<std::string> known = {"$schema"};
  for (const KnownSetting& setting : known_settings()) known.emplace(setting.key);
  std::set<std::string> described;
  for (const auto& [name, property] : schema["properties"].items()) described.insert(name);
  CHECK(described == known);
}

TEST_CASE("there is no schema of an unknown name") { CHECK_FALSE(schema_text("summry")); }

TEST_CASE("a schema of files accepts and refuses what the program does") {
  const std::map<std::string, std::function<void(const std::string& file)>> readers = {
      {"dialect", [](const std::string& file) { load_catalogue(file); }},
      {"contract_file", [](const std::string& file) { load_contract(file); }},
      {"project", [](const std::string& file) { load_project_file(file); }},
      {"baseline", [](const std::string& file) { load_baseline(file); }}};
  OwnSchemas own;
  for (const auto& [schema, read] : readers) {
    std::size_t refused = 0;
    for (const auto& entry : fs::directory_iterator("schema/" + schema)) {
      const std::string file = entry.path().string();
      const bool is_sound = entry.path().filename().string().starts_with("sound");
      const auto faults = own.at(schema).faults(json::parse(contents_of(entry.path()).value()));
      CHECK_MESSAGE(faults.empty() == is_sound, file << joined(faults));
      bool is_read = true;
      try {
        read(file);
      } catch (const InputError&) {
        is_read = false;
      }
      CHECK_MESSAGE(is_read == is_sound, file);
      refused += is_sound ? 0 : 1;
    }
    CHECK(refused > 5);
  }
}

TEST_CASE("the contracts, dialects and layouts of the program keep to the schemas of files") {
  OwnSchemas own;
  const fs::path source = USAGECTL_SOURCE_DIR;
  const std::vector<std::pair<std::string, fs::path>> folders = {
      {"contract_file", source / "src/analysis/contracts"},
      {"dialect", source / "src/dialects/catalogue"},
      {"layout", source / "src/formats/layouts"}};
  for (const auto& [schema, folder] : folders) {
    std::size_t seen = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.path().extension() != ".json") continue;
      ++seen;
      const auto faults = own.at(schema).faults(json::parse(contents_of(entry.path()).value()));
      CHECK_MESSAGE(faults.empty(), entry.path().string() << joined(faults));
    }
    CHECK(seen > 0);
  }
}
