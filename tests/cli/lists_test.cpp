// The lists of what is known: each entry is in each format of its list, whole. The lists themselves
// are no golden cases, so that a new entry changes its own files alone.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/schemas/schemas.hpp"
#include "formats/layouts/builtin_layouts.hpp"
#include "formats/reading/format.hpp"
#include "harness/in_process.hpp"
#include "model/cause.hpp"
#include "model/finding.hpp"

using namespace usagectl;

namespace {

struct List {
  std::string command;
  std::string key;  ///< of the JSON document
  std::vector<std::string> ids;
};

std::vector<List> lists() {
  std::vector<List> all = {{"causes", "causes", {}},   {"dialects", "dialects", {}},
                           {"formats", "formats", {}}, {"layouts", "layouts", {}},
                           {"rules", "rules", {}},     {"schema", "schemas", {}}};
  for (const Cause& cause : causes()) all[0].ids.emplace_back(cause.id);
  for (const Dialect& dialect : builtin_knowledge().catalogue->dialects())
    all[1].ids.push_back(dialect.id);
  for (const auto& format : builtin_knowledge().formats) all[2].ids.emplace_back(format->id);
  for (const auto& layout : builtin_layouts()) all[3].ids.push_back(layout->id);
  for (std::size_t i = 0; i < kRuleCount; ++i)
    all[4].ids.emplace_back(name_of(static_cast<Rule>(i)));
  for (const SchemaEntry& schema : schemas()) all[5].ids.push_back(schema.id);
  return all;
}

}  // namespace

TEST_CASE("every entry of a list is a row of its CSV, its table and its Markdown") {
  for (const List& list : lists()) {
    CAPTURE(list.command);
    for (const char* const format : {"csv", "table", "markdown"}) {
      CAPTURE(format);
      const Outcome outcome = run_in_process({list.command, "--format", format});
      CHECK(outcome.exit == 0);
      CHECK(outcome.err.empty());
      const std::string before = std::string(format) == "markdown" ? "\n| " : "\n";
      const std::string after = std::string(format) == "csv" ? "," : " ";
      for (const std::string& id : list.ids) {
        CAPTURE(id);
        CHECK(outcome.out.find(before + id + after) != std::string::npos);
      }
    }
  }
}

TEST_CASE("the JSON of a list has one object for each entry, and says what shape it is") {
  for (const List& list : lists()) {
    CAPTURE(list.command);
    const Outcome outcome = run_in_process({list.command, "--format", "json"});
    CHECK(outcome.exit == 0);
    const auto document = nlohmann::json::parse(outcome.out);
    CHECK(document["schema"] == "usagectl." + list.key + "/1");
    CHECK(document[list.key].size() == list.ids.size());
  }
}
