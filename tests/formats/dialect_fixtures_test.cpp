// Every dialect has a fixture, testdata/dialects/<id>/sample.json, and every recogniser runs over
// each: exactly the dialects that expected.json lists may claim it.
#include <doctest/doctest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "capture/read_file.hpp"
#include "dialects/catalogue.hpp"
#include "formats/reading/knowledge.hpp"
#include "formats/reading_of.hpp"
#include "harness/text_file.hpp"

namespace fs = std::filesystem;
using namespace usagectl;
using Value = nlohmann::ordered_json;

namespace {

const fs::path kFixtures = fs::path(USAGECTL_SOURCE_DIR) / "testdata" / "dialects";

Value reading_of(const fs::path& file) {
  std::string text = contents_of(file).value();
  const FormatReading reading = read_as_file(std::move(text), file.string());
  Value value = {{"dialect", Value::array()}, {"tokens", Value::array()}};
  for (const UsageRecord& record : reading.records) {
    value["dialect"].push_back(std::string(record.dialect));
    Value tokens = Value::object();
    for (std::size_t i = 0; i < kTokenCounterCount; ++i) {
      if (const auto count = record.counts[kCounters[i]])
        tokens[std::string(kCounterNames[i])] = *count;
    }
    value["tokens"].push_back(tokens);
  }
  return value;
}

}  // namespace

TEST_CASE("every dialect has a fixture that it claims, alone or among the candidates it lists") {
  for (const Dialect& dialect : builtin_knowledge().catalogue->dialects()) {
    CAPTURE(dialect.id);
    const auto expected_text = contents_of(kFixtures / dialect.id / "expected.json");
    REQUIRE(expected_text.has_value());
    const Value expected = Value::parse(*expected_text);
    CHECK(reading_of(kFixtures / dialect.id / "sample.json").dump() == expected.dump());
    if (dialect.envelope_only) continue;
    REQUIRE_FALSE(expected["dialect"].empty());
    for (const auto& candidates : expected["dialect"]) {
      const std::string listed = "|" + candidates.get<std::string>() + "|";
      CHECK(listed.find("|" + dialect.id + "|") != std::string::npos);
    }
  }
}

TEST_CASE("every fixture belongs to a dialect") {
  for (const auto& folder : fs::directory_iterator(kFixtures)) {
    const std::string id = folder.path().filename().string();
    CAPTURE(id);
    CHECK(builtin_knowledge().catalogue->find(id) != nullptr);
  }
}
