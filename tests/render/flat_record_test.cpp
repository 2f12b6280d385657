#include "render/flat_record.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <string>

#include "base/version.hpp"

using namespace usagectl;

namespace {

UsageRecord a_record() {
  UsageRecord record;
  record.place = {0, 3, "/usage"};
  record.format = "codex.rollout";
  record.model = "=m";
  record.time = "2026-01-02T03:04:05Z";
  record.scope = {{"session", "s-1"}, {"tick", "7"}};
  record.counts.set(Counter::input, 5);
  return record;
}

std::string line_of(const UsageRecord& record, FlatForm form, const RecordUse* use) {
  std::string line;
  append_flat_head(record, "a.json", form, line);
  append_flat_counts(record.counts, form, line);
  append_flat_cost(record.cost, form, line);
  append_flat_end(use, form, line);
  return line;
}

}  // namespace

TEST_CASE("a flat record has one level, and null for what is not known") {
  const RecordUse use;
  CHECK(
      line_of(a_record(), FlatForm::json, &use) ==
      R"({"file":"a.json","line":3,"pointer":"/usage","format":"codex.rollout","dialect":null,)"
      R"("role":"request","id":null,"call_key":null,"model":"=m","time":"2026-01-02T03:04:05Z","local_time":null,)"
      R"("agent":"Codex","project":null,"session":"s-1","thread":null,"run":null,"tick":"7",)"
      R"("phase":null,"entity":null,"kind":null,"chain":null,"part":null,"provider":null,"key":null,"tier":null,)"
      R"("input":5,"cache_read":null,"cache_write":null,"tool_prompt":null,"output":null,)"
      R"("reasoning":null,"total":null,"unexplained":null,"requests":null,"completions":null,)"
      R"("chain_length":null,"open_counts":null,"cost":null,"cost_currency":null,"bucket":"counted",)"
      R"("reason":null,"schema":"usagectl.flat_record/1",)"
      R"("tool":"usagectl )" +
          std::string(version()) + "\"}\n");
}

TEST_CASE("a flat record in CSV has empty fields for what is not known, and no formulas") {
  CHECK(
      line_of(a_record(), FlatForm::csv, nullptr) ==
      "a.json,3,/usage,codex.rollout,,request,,,'=m,2026-01-02T03:04:05Z,,Codex,,s-1,,,7,,,,,,,,,5,"
      ",,,,,,,,,,,,,,,usagectl.flat_record/1,usagectl " +
          std::string(version()) + "\n");
}

TEST_CASE("a flat record has what the record cost, with all digits") {
  UsageRecord record = a_record();
  record.cost = std::make_shared<const Cost>(
      Cost{*read_amount("0.30000000000000004"), Currency("USD"), "cost"});
  CHECK(line_of(record, FlatForm::json, nullptr)
            .find(R"("cost":"0.30000000000000004","cost_currency":"USD")") != std::string::npos);
}

TEST_CASE("a time without a zone has a column of its own") {
  UsageRecord record = a_record();
  record.time = "2026-01-02T03:04:05";
  const std::string line = line_of(record, FlatForm::json, nullptr);
  CHECK(line.find(R"("time":null,"local_time":"2026-01-02T03:04:05")") != std::string::npos);
}

TEST_CASE("every flat record has a value for each column of the header") {
  const std::string header = flat_csv_header();
  const std::string line = line_of(a_record(), FlatForm::csv, nullptr);
  CHECK(std::count(header.begin(), header.end(), ',') == std::count(line.begin(), line.end(), ','));
  const std::string columns = flat_columns();
  CHECK(std::count(columns.begin(), columns.end(), '\n') ==
        std::count(header.begin(), header.end(), ',') + 1);
}

TEST_CASE("a call has one key in every file, and another one for another call") {
  const auto key_of = [](const UsageRecord& record) {
    const std::string line = line_of(record, FlatForm::json, nullptr);
    const auto begin = line.find("\"call_key\":") + 11;
    return line.substr(begin, line.find(',', begin) - begin);
  };
  UsageRecord record = a_record();
  record.id = "msg_1";
  CHECK(key_of(record) == "null");  // several calls may have the id
  record.same_id = SameId::growth;
  const std::string key = key_of(record);
  CHECK(key.starts_with("\"g"));
  UsageRecord later = record;
  later.place = {4, 9, "/message/usage"};
  later.counts.set(Counter::output, 7);
  CHECK(key_of(later) == key);
  UsageRecord other = record;
  other.id = "msg_2";
  CHECK(key_of(other) != key);
  other = record;
  other.id_space = "session-2";
  CHECK(key_of(other) != key);
  other = record;
  other.same_id = SameId::copy;
  CHECK(key_of(other).starts_with("\"c"));
}

TEST_CASE("a flat record names the counters that it leaves open") {
  UsageRecord record = a_record();
  record.counts.leave_open(Counter::cache_read);
  record.counts.leave_open(Counter::total);
  CHECK(line_of(record, FlatForm::json, nullptr).find(R"("open_counts":"cache_read total")") !=
        std::string::npos);
}
