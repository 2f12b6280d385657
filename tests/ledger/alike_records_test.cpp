#include "ledger/books/alike_records.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "analysis/summarize.hpp"
#include "ledger/books/group_key.hpp"
#include "ledger/ledger.hpp"

namespace usagectl {
namespace {

UsageRecord call() {
  UsageRecord record;
  record.place = {1, 7, "/usage"};
  record.format = "made-up";
  record.dialect = "made-up";
  record.unit = 2;
  record.id = "a";
  record.model = "a model";
  record.time = "2026-01-01T10:00:00Z";
  record.scope = {{"provider", "openai"}, {"session", "s1"}};
  return record;
}

/// Whether the changed record is of the kind of the one before it.
bool is_known(const std::function<void(UsageRecord&)>& change) {
  AlikeRecords alike;
  UsageRecord record = call();
  CHECK_FALSE(alike.kind_of(record).is_known);
  CHECK(alike.kind_of(record).is_known);
  change(record);
  return alike.kind_of(record).is_known;
}

}  // namespace

TEST_CASE("id, time, session, line and counts make no other kind of record") {
  CHECK(is_known([](UsageRecord& record) { record.id = "b"; }));
  CHECK(is_known([](UsageRecord& record) { record.time = "2026-01-02"; }));
  CHECK(is_known([](UsageRecord& record) { record.scope[1].second = "s2"; }));
  CHECK(is_known([](UsageRecord& record) { record.scope.pop_back(); }));
  CHECK(is_known([](UsageRecord& record) { record.place.line = 8; }));
  CHECK(is_known([](UsageRecord& record) { record.counts.set(Counter::input, Count(5)); }));
}

TEST_CASE("every name that records are grouped or told apart by makes another kind") {
  CHECK_FALSE(is_known([](UsageRecord& record) { record.model = "b"; }));
  CHECK_FALSE(is_known([](UsageRecord& record) { record.model.clear(); }));
  CHECK_FALSE(is_known([](UsageRecord& record) { record.scope[0].second = "azure"; }));
  CHECK_FALSE(is_known([](UsageRecord& record) { record.scope[0].first = "part"; }));
  CHECK_FALSE(is_known([](UsageRecord& record) { record.scope.emplace_back("part", "a"); }));
  CHECK_FALSE(is_known([](UsageRecord& record) { record.scope.clear(); }));
  CHECK_FALSE(is_known([](UsageRecord& record) { record.place.file = 2; }));
  CHECK_FALSE(is_known([](UsageRecord& record) { record.place.line = 0; }));
  CHECK_FALSE(is_known([](UsageRecord& record) { record.place.pointer = "/other"; }));
  CHECK_FALSE(is_known([](UsageRecord& record) { record.unit = 3; }));
  CHECK_FALSE(is_known([](UsageRecord& record) { record.view.rank = 1; }));
  CHECK_FALSE(is_known([](UsageRecord& record) { record.view.is_usage = false; }));
  CHECK_FALSE(is_known([](UsageRecord& record) { record.format = "other"; }));
  CHECK_FALSE(is_known([](UsageRecord& record) { record.dialect = "other"; }));
}

TEST_CASE("where every record is of another kind, none is kept any more") {
  AlikeRecords alike;
  UsageRecord record = call();
  for (int i = 0; i < 5000; ++i) {
    record.model = "model-" + std::to_string(i);
    CHECK_FALSE(alike.kind_of(record).is_known);
  }
  CHECK_FALSE(alike.kind_of(record).is_known);
  CHECK(alike.kind_of(record).number == AlikeRecords::kNoKind);
  ++record.unit;
  CHECK_FALSE(alike.kind_of(record).is_known);
  CHECK(alike.kind_of(record).is_known);
}

TEST_CASE("a kind that was kept before those in vain is still of its own group") {
  Ledger ledger(summary_question({"model"}), {"a"});
  Observations found;
  const UnitId one = found.unit();
  const UnitId other = found.unit();
  Count line = 0;
  const auto add = [&](UnitId unit, const std::string& model) {
    UsageRecord record = call();
    record.place = {0, static_cast<std::uint64_t>(++line), "/usage"};
    record.unit = unit;
    record.id.clear();
    record.model = model;
    record.counts.set(Counter::input, 1000 + line * line);
    found.record(std::move(record));
  };
  for (int i = 0; i < 200; ++i) add(one, "kept-" + std::to_string(i));
  for (int i = 0; i < 2000; ++i) add(one, "new-" + std::to_string(i));
  add(other, "other");
  for (int i = 0; i < 200; ++i) add(one, "kept-" + std::to_string(i));
  ledger.begin_file(0, false);
  ledger.add(std::move(found), 0);
  ledger.end_file();
  const Books books = ledger.finish();
  std::map<std::string, std::uint64_t> records;
  for (const auto& unit : books.units) {
    for (const auto& [rank, view] : unit.views) {
      for (const auto& [key, tally] : view.by_key) records[std::string(key)] += tally.records;
    }
  }
  CHECK(records.size() == 2201);
  for (int i = 0; i < 200; ++i) {
    std::string key;
    append_value("kept-" + std::to_string(i), key);
    CHECK(records[key] == 2);
  }
}

TEST_CASE("calls of many kinds, one among the other, are added to their own groups") {
  const std::vector<std::string> files = {"a", "b"};
  for (const auto& by : std::vector<std::vector<std::string>>{
           {"model"}, {"provider", "model"}, {"session"}, {"hour"}, {"file", "model"}, {}}) {
    std::mt19937 random(3);
    std::map<std::string, Count> expected;
    const Question question = summary_question(by);
    Ledger ledger(question, files);
    for (FileId file = 0; file < files.size(); ++file) {
      Observations found;
      const UnitId unit = found.unit();
      for (int i = 0; i < 500; ++i) {
        UsageRecord record = call();
        record.place = {file, static_cast<std::uint64_t>(i + 1), "/usage"};
        record.unit = unit;
        record.id.clear();
        record.model = "model-" + std::to_string(random() % 90);
        record.time = "2026-01-0" + std::to_string(1 + random() % 9) + "T10:00:00Z";
        record.scope[0].second = random() % 2 == 0 ? "openai" : "azure";
        record.scope[1].second = "s" + std::to_string(random() % 7);
        const Count input = 1000 + static_cast<Count>(random() % 977);
        record.counts.set(Counter::input, input);
        std::string key;
        pack_key(record, question.by, {files[file], nullptr}, key);
        expected[key] += input;
        found.record(std::move(record));
      }
      ledger.begin_file(file, false);
      ledger.add(std::move(found), 0);
      ledger.end_file();
    }
    const Books books = ledger.finish();
    std::map<std::string, Count> sums;
    for (const ViewOfUnit& view : books.counted_views) {
      for (const auto& [key, tally] : books.sums_of(view).by_key)
        sums[std::string(key)] += tally.sum_of(Counter::input).value_or(-1);
    }
    CHECK(sums == expected);
  }
}

}  // namespace usagectl
