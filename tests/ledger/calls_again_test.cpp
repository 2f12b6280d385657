// Calls that are told as others were: the ledger counts them as it counts records in full.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "analysis/summarize.hpp"
#include "ledger/ledger.hpp"

namespace usagectl {
namespace {

const std::vector<std::string> kFiles = {"a.jsonl", "b.jsonl"};

/// A log whose calls are mostly told as others were. `in_full`: all of them are records.
class RandomLog {
 public:
  RandomLog(std::uint32_t seed, bool in_full) : random_(seed), in_full_(in_full) {
    has_ids_ = pick(2) == 0;
    has_sessions_ = pick(2) == 0;
    has_times_ = pick(3) != 0;
    for (std::uint64_t number = 1; number <= 6; ++number) likes_->push_back(like(number));
  }

  Observations next_file(FileId file) {
    Observations found;
    const UnitId unit = found.unit();
    found.expect(64);
    input_ = output_ = 0;
    for (std::uint64_t line = 1; line <= 40; ++line) {
      switch (pick(12)) {
        case 0: found.record(in_full(call(file, unit, line))); break;
        case 1: found.record(total(file, unit, line)); break;
        case 2: found.finding({.rule = Rule::number, .severity = Severity::warning}); break;
        default: add(found, call(file, unit, line));
      }
    }
    if (in_full_) static_cast<void>(found.records());
    return found;
  }

 private:
  struct Call {
    CallAgain call;
    std::string id;
    std::string time;
    std::string session;
  };

  std::uint32_t pick(std::uint32_t below) { return static_cast<std::uint32_t>(random_() % below); }

  RecordLike like(std::uint64_t number) {
    UsageRecord record;
    record.place.pointer = "/usage";
    record.format = "usage.lines";
    record.dialect = "made-up";
    record.view = {0, "responses"};
    if (pick(6) != 0) record.model = "model-" + std::to_string(number);
    if (pick(3) != 0) record.scope.emplace_back("provider", pick(2) == 0 ? "openai" : "azure");
    if (has_sessions_) record.scope.emplace_back("session", "");
    return {number + 1000 * random_(), record};
  }

  Call call(FileId file, UnitId unit, std::uint64_t line) {
    Call made;
    CallAgain& call = made.call;
    call.like = &(*likes_)[pick(6)];
    call.line = line;
    call.file = file;
    call.unit = unit;
    if (has_ids_ && pick(10) != 0) made.id = fmt::format("req_0123456789{:04}", pick(300));
    if (pick(20) == 0) made.id = fmt::format("r{}", pick(9));
    if (!made.id.empty()) {
      call.same_id = pick(8) == 0 ? SameId::nothing : SameId::copy;
      call.id_hash = text_hash(made.id);
      call.row_id = call.id_hash.low | 1U;
    }
    if (has_times_ && pick(10) != 0)
      made.time = fmt::format("2026-01-0{}T1{}:00:00Z", 1 + pick(2), pick(2));
    made.session = "s" + std::to_string(pick(3));
    Count input = 100 + pick(3000);
    Count output = 10 + pick(500);
    if (pick(12) == 0) {
      input = input_;
      output = output_;
    }
    set(call.counts, input, output);
    call.given = call.counts;
    call.counts.set(Counter::requests, Count(1));
    if (pick(20) == 0) call.counts.leave_open_by_place(Counter::input);
    input_ += input;
    output_ += output;
    return made;
  }

  UsageRecord total(FileId file, UnitId unit, std::uint64_t line) {
    UsageRecord record;
    record.place = {file, line, "/usage"};
    record.format = "usage.lines";
    record.dialect = "made-up";
    record.unit = unit;
    record.view = {0, "responses"};
    record.sums.is_called_so = pick(2) == 0;
    set(record.counts, input_, output_);
    record.given = record.counts;
    record.counts.set(Counter::requests, Count(1));
    return record;
  }

  static void set(Counts& counts, Count input, Count output) {
    counts.set(Counter::input, input);
    counts.set(Counter::output, output);
    counts.set(Counter::total, input + output);
  }

  void add(Observations& found, Call&& made) {
    found.call_again(std::move(made.call), made.id, made.time, made.session, {}, likes_);
  }
  UsageRecord in_full(Call&& made) {
    Observations one;
    add(one, std::move(made));
    return one.records().front();
  }

  std::mt19937 random_;
  bool in_full_ = false;
  bool has_ids_ = false;
  bool has_sessions_ = false;
  bool has_times_ = false;
  Count input_ = 0;
  Count output_ = 0;
  std::shared_ptr<std::vector<RecordLike>> likes_ = std::make_shared<std::vector<RecordLike>>();
};

void tell(const Counts& counts, std::string& text) {
  for (const Counter counter : kCounters)
    text += fmt::format(" {}{}", counts[counter].value_or(-1), counts.is_open(counter) ? "?" : "");
}

void tell(const Finding& finding, std::string& text) {
  text += fmt::format("{} {}:{} {} {}\n", int(finding.severity), finding.place.file,
                      finding.place.line, finding.cause, finding.explanation);
}

/// All that a run finds out.
std::string told_of(std::uint32_t seed, bool in_full, Question question) {
  std::string text;
  question.on_record = [&](const UsageRecord& record) {
    text += fmt::format("{}:{} {} {} {} {} {}", record.place.file, record.place.line, record.id,
                        record.time, record.model, int(record.role), record.scope.size());
    for (const auto& [key, value] : record.scope) text += fmt::format(" {}={}", key, value);
    tell(record.counts, text);
    tell(record.given, text);
    text += "\n";
  };
  RandomLog log(seed, in_full);
  Ledger ledger(question, kFiles);
  const bool is_copy = seed % 7 == 0;
  for (FileId file = 0; file < kFiles.size(); ++file) {
    // Another log with the same calls.
    if (file == 1 && seed % 4 == 0) log = RandomLog(seed, in_full);
    ledger.begin_file(file, is_copy && file == 1, is_copy);
    ledger.add(log.next_file(file), 100);
    ledger.end_file();
  }
  const Books books = ledger.finish();
  for (const ViewOfUnit& view : books.counted_views) {
    for (const auto& [key, tally] : books.sums_of(view).by_key) {
      text += fmt::format("{} {}", std::string(key), tally.records);
      for (const Counter counter : kCounters)
        text += fmt::format(" {}", tally.sum_of(counter).value_or(-1));
      text += "\n";
    }
  }
  for (const Doubt& doubt : books.doubts) tell(doubt.first, text);
  for (const Finding& finding : books.findings) tell(finding, text);
  for (const auto& [rule, objects] : books.intake.ignored)
    text += fmt::format("{} {}\n", rule, objects);
  for (const RecordUse& use : books.record_uses.uses)
    text += fmt::format("{} {} {} {}\n", int(use.bucket), use.rank, use.unit, use.reason);
  text += fmt::format("{} {} {}\n", books.intake.duplicate, books.intake.rejected,
                      ledger.objects_so_far());
  return text;
}

}  // namespace

TEST_CASE("a call that is told as another one counts as a record in full does") {
  for (const auto& by : std::vector<std::vector<std::string>>{
           {}, {"model"}, {"provider", "model"}, {"session"}, {"hour"}, {"file"}}) {
    for (std::uint32_t seed = 1; seed <= 60; ++seed) {
      Question question = summary_question(by);
      question.wants_claims = seed % 3 == 0;
      question.keeps_record_uses = seed % 5 == 0;
      if (seed % 11 == 0) question.time.since = "2026-01-02";
      CAPTURE(seed);
      CHECK(told_of(seed, false, question) == told_of(seed, true, question));
    }
  }
}

TEST_CASE("calls told again stand among the records in their order") {
  const auto likes = std::make_shared<std::vector<RecordLike>>(1, RecordLike{1, {}});
  Observations found;
  const auto record = [&](std::uint64_t line) {
    UsageRecord made;
    made.place.line = line;
    found.record(std::move(made));
  };
  const auto again = [&](std::uint64_t line) {
    CallAgain call;
    call.like = &likes->front();
    call.line = line;
    found.call_again(std::move(call), "id", "time", "session", {}, likes);
  };
  again(1);
  record(2);
  again(3);
  again(4);
  record(5);
  CHECK(found.number_of_records() == 5);
  CHECK(found.records_from(4).front().place.line == 5);
  CHECK(found.calls_again().size() == 3);
  CHECK(found.records_from(3).front().place.line == 4);
  for (std::uint64_t line = 1; line <= 5; ++line)
    CHECK(found.records()[line - 1].place.line == line);
}

}  // namespace usagectl
