#include "render/record_json.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "base/version.hpp"
#include "reports.hpp"

using namespace usagectl;

namespace {

void append_record_line(const UsageRecord& record, std::string& line) {
  append_record_head(record, "a.json", line);
  append_record_counts(record.counts, line);
  append_record_end(nullptr, line);
}

/// The end of every line.
std::string schema_and_tool() {
  return R"(,"schema":"usagectl.record/1","tool":{"name":"usagectl","version":")" +
         std::string(version()) + "\"}}\n";
}

}  // namespace

TEST_CASE("a record is one line with every key, null where not known") {
  std::string line;
  append_record_line(UsageRecord(), line);
  CHECK(line ==
        R"({"file":"a.json","line":null,"pointer":"","format":"","dialect":"","role":"request",)"
        R"("id":null,"model":null,"time":null,"scope":null,"requests":null,"completions":null,)"
        R"("tokens":{"input":null,"cache_read":null,"cache_write":null,"tool_prompt":null,)"
        R"("output":null,"reasoning":null,"total":null,"unexplained":null})" +
            schema_and_tool());
}

TEST_CASE("a full record keeps every value exactly") {
  UsageRecord record;
  record.place = {0, 3, "/usage"};
  record.format = "token_usage";
  record.dialect = "llmplus";
  record.role = Role::aggregate;
  record.id = "resp_1";
  record.model = "мо\"дель\n";
  record.time = "2025-12-06T00:00:00Z";
  record.scope = {{"tick", "3"}, {"entity", "\xff"}};
  record.counts = counts_of({{Counter::requests, 1},
                             {Counter::completions, 2},
                             {Counter::input, 9007199254740993},
                             {Counter::total, kLargestCount},
                             {Counter::chain_length, 4}});
  std::string line = "before\n";
  append_record_line(record, line);
  CHECK(
      line ==
      "before\n"
      R"({"file":"a.json","line":3,"pointer":"/usage","format":"token_usage","dialect":"llmplus",)"
      R"("role":"aggregate","id":"resp_1","model":"мо\"дель\n","time":"2025-12-06T00:00:00Z",)"
      "\"scope\":{\"tick\":\"3\",\"entity\":\"\uFFFD\"},"
      R"("requests":1,"completions":2,"tokens":{"input":9007199254740993,"cache_read":null,)"
      R"("cache_write":null,"tool_prompt":null,"output":null,"reasoning":null,)"
      R"("total":9223372036854775807,"unexplained":null},"chain_length":4)" +
          schema_and_tool());
  CHECK(nlohmann::json::accept(line.substr(7)));
}
