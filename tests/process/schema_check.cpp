// schema_check FILE…: holds the JSON reports in files against the schemas that they name, and
// prints how many of each there are. Ends with 1 if one does not keep to its schema, names none, or
// is not JSON. An empty file is the report of a run that failed.
#include <fmt/format.h>

#include <cstdio>
#include <map>
#include <string>

#include "harness/json_schema.hpp"
#include "harness/text_file.hpp"

using namespace usagectl;

int main(int argc, char** argv) {
  OwnSchemas own;
  std::map<std::string, std::size_t> kept;
  bool failed = false;
  const auto fail = [&](const std::string& file, const std::string& why) {
    failed = true;
    fmt::print("{}: {}\n", file, why);
  };
  for (int i = 1; i < argc; ++i) {
    const std::string file = argv[i];
    const std::string text = contents_of(file).value_or("");
    const auto documents = json_documents_in(text);
    if (documents.empty() && !text.empty()) fail(file, "is not JSON");
    for (const auto& document : documents) {
      const auto schema = schema_named_in(document);
      if (!schema) {
        fail(file, "names no schema");
        continue;
      }
      ++kept[*schema];
      for (const std::string& fault : own.at(*schema).faults(document)) fail(file, fault);
    }
  }
  for (const auto& [schema, number] : kept) fmt::print("{} {}\n", schema, number);
  return failed ? 1 : 0;
}
