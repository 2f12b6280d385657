#include "ledger/ledger.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "analysis/summarize.hpp"

using namespace usagectl;

namespace {

/// A call of a made-up log.
UsageRecord call(UnitId unit, Count input, std::string id = {}) {
  UsageRecord record;
  record.format = "made-up";
  record.unit = unit;
  record.id = std::move(id);
  if (!record.id.empty()) record.same_id = SameId::copy;
  record.model = "made-up-model";
  record.counts.set(Counter::input, input);
  record.counts.set(Counter::requests, Count(1));
  return record;
}

/// A run over files whose readers found these observations.
class Run {
 public:
  explicit Run(std::vector<std::string> files, Question question = summary_question({"model"}))
      : ledger_(std::move(question), std::move(files)) {}

  void file(Observations&& found, std::uint64_t lines_before = 0) {
    ledger_.begin_file(next_, false);
    for (UsageRecord& record : found.records()) record.place.file = next_;
    ledger_.add(std::move(found), lines_before);
    ledger_.end_file();
    ++next_;
  }
  /// The pieces of a file whose lines several readers share.
  void pieces(std::vector<Observations>&& all) {
    ledger_.begin_file(next_, false);
    for (Observations& found : all) {
      ledger_.begin_numbers_anew();
      ledger_.add(std::move(found), 0);
    }
    ledger_.end_file();
    ++next_;
  }
  Books finish() { return ledger_.finish(); }
  std::optional<Count> input() {
    Books books = finish();
    return summarize(books, {"model"}).total.sum_of(Counter::input);
  }

 private:
  Ledger ledger_;
  FileId next_ = 0;
};

Observations one_call(Count input, std::string id = {}) {
  Observations found;
  found.record(call(found.unit(), input, std::move(id)));
  return found;
}

Observations view_of(std::string_view key, std::uint8_t rank, Count input) {
  Observations found;
  UsageRecord record = call(found.unit(key), input);
  record.view = {rank, rank == 0 ? "calls" : "total"};
  record.role = rank == 0 ? Role::request : Role::aggregate;
  found.record(std::move(record));
  return found;
}

}  // namespace

TEST_CASE("calls of different files add up") {
  Run run({"a", "b"});
  run.file(one_call(10));
  run.file(one_call(5));
  CHECK(run.input() == 15);
}

TEST_CASE("a call with the same id and the same numbers counts once, in whatever file it is") {
  Run run({"a", "b"});
  Observations again = one_call(10, "call-1");
  again.records().front().id_space = "session";
  Observations first = one_call(10, "call-1");
  first.records().front().id_space = "session";
  run.file(std::move(first));
  run.file(std::move(again));
  Books books = run.finish();
  CHECK(books.intake.duplicate == 1);
  CHECK(books.intake.counted == 1);
}

namespace {

/// One report of a call that grows.
Observations report_at(std::string time, Count output) {
  Observations found;
  UsageRecord record = call(found.unit(), 10, "call-1");
  record.same_id = SameId::growth;
  record.time = std::move(time);
  record.counts.set(Counter::output, output);
  found.record(std::move(record));
  return found;
}

// A Sunday, the last day of a month.
const char* const kBeforeMidnight = "2026-05-31T23:59:59Z";
const char* const kAfterMidnight = "2026-06-01T00:00:05Z";

}  // namespace

TEST_CASE("a call is of the time of its earliest report, in whatever order the files are read") {
  const std::pair<const char*, const char*> kKeys[] = {
      {"hour", "2026-05-31T23"}, {"day", "2026-05-31"}, {"week", "2026-W22"}, {"month", "2026-05"}};
  for (const auto& key : kKeys) {
    for (const bool later_first : {false, true}) {
      CAPTURE(key.first);
      CAPTURE(later_first);
      Run run({"a", "b"}, summary_question({key.first}));
      run.file(later_first ? report_at(kAfterMidnight, 9) : report_at(kBeforeMidnight, 5));
      run.file(later_first ? report_at(kBeforeMidnight, 5) : report_at(kAfterMidnight, 9));
      Books books = run.finish();
      const SummaryReport summary = summarize(books, {key.first});
      REQUIRE(summary.main.groups.size() == 1);
      CHECK(summary.main.groups.front().key.front() == key.second);
      CHECK(summary.total.sum_of(Counter::output) == 9);
      CHECK(books.intake.counted == 1);
      CHECK(books.intake.duplicate == 1);
    }
  }
}

TEST_CASE("a call that began before the time asked for is outside, in whatever order it is read") {
  for (const bool later_first : {false, true}) {
    CAPTURE(later_first);
    Question question = summary_question({"model"});
    question.time.since = "2026-06-01";
    Run run({"a", "b"}, std::move(question));
    run.file(later_first ? report_at(kAfterMidnight, 9) : report_at(kBeforeMidnight, 5));
    run.file(later_first ? report_at(kBeforeMidnight, 5) : report_at(kAfterMidnight, 9));
    const Books books = run.finish();
    CHECK(books.intake.counted == 0);
    CHECK(books.intake.ignored.at("outside the time asked for") == 2);
  }
}

TEST_CASE("a call that began in the time asked for counts, though a later report is outside") {
  for (const bool later_first : {false, true}) {
    CAPTURE(later_first);
    Question question = summary_question({"model"});
    question.time.until = "2026-05-31";
    Run run({"a", "b"}, std::move(question));
    run.file(later_first ? report_at(kAfterMidnight, 9) : report_at(kBeforeMidnight, 5));
    run.file(later_first ? report_at(kBeforeMidnight, 5) : report_at(kAfterMidnight, 9));
    Books books = run.finish();
    CHECK(books.intake.counted == 1);
    CHECK(summarize(books, {"model"}).total.sum_of(Counter::output) == 9);
  }
}

namespace {

/// Two calls of a model and a line behind them.
Observations calls_and(UsageRecord last) {
  Observations found;
  const UnitId unit = found.unit();
  found.record(call(unit, 100));
  found.record(call(unit, 30));
  last.unit = unit;
  found.record(std::move(last));
  return found;
}

}  // namespace

TEST_CASE("a line that is called a total is one when the numbers say so") {
  for (const Count input : {130, 131}) {
    UsageRecord last = call({}, input);
    last.sums.is_called_so = true;
    Run run({"a"});
    run.file(calls_and(std::move(last)));
    CHECK(run.input() == (input == 130 ? 130 : 261));
  }
}

TEST_CASE("a line that names nothing among calls of a model is their sum when the numbers say so") {
  for (const bool is_nameless : {true, false}) {
    UsageRecord last = call({}, 130);
    if (is_nameless) last.model.clear();
    Run run({"a"});
    run.file(calls_and(std::move(last)));
    CHECK(run.input() == (is_nameless ? 130 : 260));
  }
}

TEST_CASE("of two views of one unit, in two files, the lower rank counts") {
  Run run({"total.json", "calls.jsonl"});
  run.file(view_of("job", 1, 99));
  run.file(view_of("job", 0, 10));
  CHECK(run.input() == 10);
}

TEST_CASE("a view that tells of a unit alone counts, whatever its rank") {
  Run run({"total.json"});
  run.file(view_of("job", 1, 99));
  CHECK(run.input() == 99);
}

TEST_CASE("units without a key are units of their own in every file") {
  Run run({"a", "b"});
  run.file(view_of("", 0, 1));
  run.file(view_of("", 1, 2));
  CHECK(run.input() == 3);
}

TEST_CASE("lines of a piece are counted from the lines before it") {
  Question question = summary_question({"model"});
  std::uint64_t line = 0;
  question.on_record = [&](const UsageRecord& record) { line = record.place.line; };
  Run run({"a"}, std::move(question));
  Observations found;
  UsageRecord record = call(found.unit(), 1);
  record.place.line = 7;
  found.record(std::move(record));
  run.file(std::move(found), 100);
  run.finish();
  CHECK(line == 107);
}

TEST_CASE("a record that others may report counts only when none of them does") {
  for (const bool is_reported : {false, true}) {
    Run run({"step.json", "message.json"});
    Observations step;
    step.unless_reported(call(step.unit("messages"), 4, "m1"), std::nullopt);
    run.file(std::move(step));
    Observations message;
    if (is_reported) message.record(call(message.unit("messages"), 9, "m1"));
    run.file(std::move(message));
    CHECK(run.input() == (is_reported ? 9 : 4));
  }
}

TEST_CASE("the last snapshot of a series holds the earlier ones") {
  Run run({"pass_1", "pass_2"});
  for (const Count input : {10, 25}) {
    Observations found;
    const auto number = static_cast<std::uint64_t>(input);
    found.record(call(found.snapshot_unit({"job", number}), input));
    run.file(std::move(found));
  }
  Books books = run.finish();
  CHECK(books.intake.ignored.at("contained in a later snapshot") == 1);
  CHECK(summarize(books, {"model"}).total.sum_of(Counter::input) == 25);
}

TEST_CASE("running totals add what they grew by") {
  Run run({"first", "second"});
  for (const Count total : {100, 130}) {
    Observations found;
    const auto time = static_cast<std::uint64_t>(total);
    UsageRecord record = call(found.snapshot_unit({"thread", time}), total);
    record.running = Running::total;
    record.role = Role::cumulative;
    found.record(std::move(record));
    run.file(std::move(found));
  }
  CHECK(run.input() == 130);
}

TEST_CASE("a running total that falls begins again, which is a finding") {
  Question question = summary_question({"model"});
  question.wants_claims = true;
  Run run({"first", "second"}, std::move(question));
  for (const auto& [time, total] : {std::pair{1, 100}, std::pair{2, 30}}) {
    Observations found;
    const auto number = static_cast<std::uint64_t>(time);
    UsageRecord record = call(found.snapshot_unit({"thread", number}), total);
    record.running = Running::total;
    record.role = Role::cumulative;
    found.record(std::move(record));
    run.file(std::move(found));
  }
  Books books = run.finish();
  REQUIRE(books.findings.size() == 1);
  CHECK(books.findings.front().cause == "counter-reset");
  CHECK(summarize(books, {"model"}).total.sum_of(Counter::input) == 130);
}

TEST_CASE("groups of different pieces of a file are different, whatever their numbers") {
  Question question;
  question.wants_claims = true;
  Run run({"a.jsonl"}, std::move(question));
  std::vector<Observations> pieces;
  for (const Count input : {Count(1), Count(10)}) {
    Observations found;
    UsageRecord record = call(found.unit("calls"), input);
    record.parts_of[0] = found.group();
    found.record(std::move(record));
    pieces.push_back(std::move(found));
  }
  run.pieces(std::move(pieces));
  const Books books = run.finish();
  REQUIRE(books.groups.size() >= 2);
  CHECK(books.groups[books.groups.size() - 2].tally.sum_of(Counter::input) == 1);
  CHECK(books.groups.back().tally.sum_of(Counter::input) == 10);
}

TEST_CASE("a rejected part makes its groups incomplete") {
  Question question;
  question.wants_claims = true;
  Run run({"a"}, std::move(question));
  Observations found;
  const GroupId group = found.group();
  found.rejected({}, "invalid count", {group});
  run.file(std::move(found));
  Books books = run.finish();
  CHECK(books.groups.back().misses_parts);
  CHECK(books.intake.rejected == 1);
}
