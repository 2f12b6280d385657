// Which records the ledger counts: whether a call is known already, is the sum of others or lies
// outside of the time asked for, and what is said when two reports of one call differ.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

#include "base/utc_time.hpp"
#include "ledger/books/group_key.hpp"
#include "ledger/calls/call_key.hpp"
#include "ledger/ledger.hpp"

namespace usagectl {
namespace {

/// In the place of a tally: the call began outside of the time asked for.
constexpr TallyPlace kOutsideTime = {.row = std::numeric_limits<std::uint32_t>::max()};
static_assert(kOutsideTime != KnownCalls::kToldElsewhere);
constexpr std::string_view kOutsideTimeReason = "outside the time asked for";
constexpr std::size_t kMostEarlySums = 65'536;
constexpr std::size_t kLongestVagueId = 16;

}  // namespace

void Ledger::settle(UsageRecord&& record) {
  if (is_held(record)) return;
  if (record.view.is_usage) ++objects_;
  const auto key = key_of(record);
  if (!record.view.is_usage && key) {
    // It only says what is known.
    if (!known_calls_.find(*key))
      known_calls_.set(*key, known_as(record, KnownCalls::kToldElsewhere));
    return;
  }
  auto known = key ? known_calls_.find(*key) : std::nullopt;
  if (known && record.same_id == SameId::copy && known->counts != record.counts) {
    // Reports of one id with other numbers are counted beside each other, each of them once.
    if (const auto same = known_calls_.find_same(*key, record.counts)) known = same;
  }
  if (known && is_other_call(*known, record)) {
    known = known_calls_.find_same(*key, record.counts);
    if (!known) say_id_is_used_again(*known_calls_.find(*key), record);
  }
  const bool is_same_call =
      known && (record.same_id == SameId::growth || known->counts == record.counts);
  if (is_same_call) {
    calls_of_file_.add_repeat(record.counts);
  } else if (is_early_sum(record)) {
    early_sums_.push_back(std::move(record));
    return;
  } else if (record.sums.is_so_far && record.role == Role::request) {
    return take_total_so_far(std::move(record));
  } else if (record.sums.window_hours != 0 && record.view.rank != View::kNeverCounted &&
             windows_of_time_.take(record)) {
    return;
  } else if (const auto verdict = judge(record); verdict != CallsOfFile::Verdict::call) {
    return leave_out(std::move(record), verdict == CallsOfFile::Verdict::sum
                                            ? "sum of calls in the same file"
                                            : "row of statistics");
  } else if (record.view.rank != View::kNeverCounted) {
    calls_of_file_.add(record);
    // Several calls told as one, or none, and nothing else tells of them.
    if (record.sums.calls && (*record.sums.calls > 0 || record.counts[Counter::total] == Count(0)))
      record.counts.set(Counter::requests, record.sums.calls);
  }
  bool is_outside = is_outside_time(record);
  if (is_same_call && is_earlier(record, *known))
    date_back(*key, *known, record);
  else if (is_same_call)
    is_outside = known->tally == kOutsideTime;
  if (is_outside) {
    if (!record.view.is_usage) ++objects_;
    ignored(record.time.empty() ? "record without a time" : kOutsideTimeReason);
    if (key && !is_same_call) known_calls_.set(*key, known_as(record, kOutsideTime));
    return;
  }
  if (known && known->tally == kOutsideTime) {
    if (is_same_call && is_fuller(known->counts, record.counts)) record.counts = known->counts;
    known.reset();
  }
  const bool repeated = known && is_repeated(*known, record);
  // Recordings of one call in two files are one request each; logs and sessions repeat what they
  // hold.
  const bool is_recording = record.same_id == SameId::copy && record.id_space.empty() && known &&
                            known->file != record.place.file;
  if (repeated && !is_recording) record.role = Role::copy;
  RecordNumber number = 0;
  if (record.view.is_usage) {
    number = repeated             ? give_out(record, Bucket::duplicate, "the call is counted once")
             : file_is_duplicate_ ? give_out(record, Bucket::duplicate, "a copy of another file")
                                  : give_out(record, Bucket::counted);
  }
  if (repeated) {
    // The object that sums up the calls of this file sums up this one as well.
    if (known->file != record.place.file) {
      add_to_groups(record);
      // Nor does a coarser view of its unit tell of it instead.
      Unit& unit = books_.units[record.unit];
      if (unit.views.empty()) unit.place = record.place;
      ViewSums& view = unit.views[record.view.rank];
      view.name = record.view.name;
      view.is_usage = record.view.is_usage;
    } else if (keeps_parts_) {
      books_.kept_parts.add_told_again(record);
    }
    ++books_.intake.duplicate;
    return;
  }
  const auto tally = count(record, number);
  if (key && tally) known_calls_.set(*key, known_as(record, *tally, number));
}

bool Ledger::is_outside_time(const UsageRecord& record) const {
  return !books_.question.time.is_unbound() && !books_.question.time.holds(record.time);
}

/// See KnownCalls::Call.
std::uint64_t Ledger::began(const UsageRecord& record) const {
  if (!asks_for_time_) return 0;
  const auto moment = milliseconds_of(record.time);
  return moment && *moment > 0 ? static_cast<std::uint64_t>(*moment) : 0;
}

bool Ledger::is_earlier(const UsageRecord& record, const KnownCalls::Call& known) const {
  const auto moment = began(record);
  return moment != 0 && (known.began == 0 || moment < known.began);
}

KnownCalls::Call Ledger::known_as(const UsageRecord& record, const TallyPlace& tally,
                                  RecordNumber number) const {
  return {record.place.file, record.place.line, record.counts, tally, began(record), number,
          record.cost};
}

RecordNumber Ledger::give_out(const UsageRecord& record, Bucket bucket, std::string_view reason) {
  if (books_.question.on_record) {
    if (id_space(record) == record.id_space) {
      books_.question.on_record(record);
    } else {
      // Who compares it with records of other runs knows no continuations.
      UsageRecord named = record;
      named.id_space = id_space(record);
      books_.question.on_record(named);
    }
  }
  if (!books_.question.keeps_record_uses) return 0;
  auto& uses = books_.record_uses.uses;
  uses.push_back({bucket, record.view.rank, record.unit, reason});
  return static_cast<RecordNumber>(uses.size());
}

void Ledger::correct(RecordNumber number, const Counts& counts) {
  if (number != 0) books_.record_uses.final_counts[number] = counts;
}

/// A call is of the time of its earliest report, in whatever order the files are read.
void Ledger::date_back(const KnownCalls::Key& key, KnownCalls::Call& known,
                       const UsageRecord& record) {
  if (known.tally == KnownCalls::kToldElsewhere) return;
  const bool was_outside = known.tally == kOutsideTime;
  const bool is_outside = is_outside_time(record);
  known.began = began(record);
  if (!was_outside) {
    ViewSums& before = view_of(known.tally);
    TallyRows& tallies = before.by_key.tallies();
    tallies.remove(known.tally.row, known.counts, known.cost);
    open_counts_.taken_back(known.counts, {&tallies, known.tally.row});
    --before.records;
    left_views_.insert(&before);
    if (is_outside) {
      ignored(kOutsideTimeReason);
      known.tally = kOutsideTime;
      if (known.record != 0) {
        RecordUse& use = books_.record_uses.uses[known.record - 1];
        use.bucket = Bucket::ignored;
        use.reason = kOutsideTimeReason;
      }
    } else {
      UsageRecord earlier = record;
      earlier.counts = known.counts;
      earlier.cost = known.cost;
      known.tally = add_to_view(earlier, known.record);
      if (known.record != 0) {
        RecordUse& use = books_.record_uses.uses[known.record - 1];
        use.unit = earlier.unit;
        use.rank = earlier.view.rank;
      }
    }
  }
  // One that comes into the time asked for is counted as if it were met for the first time.
  known_calls_.set(key, known);
}

/// What tells the call apart from all others, if anything does.
std::optional<KnownCalls::Key> Ledger::key_of(const UsageRecord& record) const {
  // Such a mark says less than that all the bytes are the same, and that may be a second run.
  // Snapshots of one series hold each other as they are.
  if (is_marked(record) && (file_has_same_bytes_ || !books_.units[record.unit].series.empty()))
    return std::nullopt;
  return call_key(record, id_space(record));
}

bool Ledger::is_early_sum(const UsageRecord& record) {
  if (!calls_of_file_.is_early(record)) return false;
  if (early_sums_.size() < kMostEarlySums) return true;
  settle_early_sums();
  return false;
}

CallsOfFile::Verdict Ledger::judge(const UsageRecord& record) {
  std::vector<Finding> differences;
  std::uint64_t agreed = 0;
  const auto verdict = calls_of_file_.judge(record, differences, agreed);
  books_.checks_held += agreed;
  for (Finding& difference : differences) finding(std::move(difference));
  return verdict;
}

void Ledger::expect(const UsageRecord& record) const {
  if (is_marked(record)) return;
  if (const auto key = key_of(record)) known_calls_.expect(*key);
}

/// Sums that came before any call of their file.
void Ledger::settle_early_sums() {
  if (calls_of_file_.empty()) calls_of_file_.take_sums_for_calls();
  for (UsageRecord& record : std::exchange(early_sums_, {})) {
    --objects_;
    settle(std::move(record));
  }
}

std::optional<TallyPlace> Ledger::count(const UsageRecord& record, RecordNumber number) {
  report_total_that_does_not_fit(record);
  report_cost_below_zero(record);
  add_to_groups(record);
  run_copies_.note(record);
  const AlikeRecords::Kind kind = alike_records_.kind_of(record);
  logged_hours_.note(record, kind);
  if (file_is_duplicate_) {
    if (record.view.is_usage) ++books_.intake.duplicate;
    return std::nullopt;
  }
  // Files with the same bytes are told of as such.
  if (!file_has_same_bytes_) books_.beginnings.note(record);
  const bool is_told_as_copy = file_has_same_bytes_ && !sums_same_bytes_once_;
  reported_twice_.note(record, kind.is_known, is_told_as_copy);
  RowOfView& row = rows_of_kinds_[kind.number];
  if (!kind.is_known || !is_row_of_kind_) row = row_of(record);
  const TallyPlace tally = add_to_row(row, record, number);
  if (const auto copy = views_of_copies_.find(record.place.file); copy != views_of_copies_.end())
    copy->second.emplace(record.unit, record.view.rank);
  return tally;
}

ViewSums& Ledger::view_of(const TallyPlace& tally) {
  return books_.units[tally.unit].views.at(tally.rank);
}

TallyPlace Ledger::add_to_view(const UsageRecord& record, RecordNumber number) {
  return add_to_row(row_of(record), record, number);
}

Ledger::RowOfView Ledger::row_of(const UsageRecord& record) {
  Unit& unit = books_.units[record.unit];
  if (unit.views.empty()) unit.place = record.place;
  ViewSums& view = unit.views[record.view.rank];
  packed_key_.clear();
  const Question& question = books_.question;
  const bool complete =
      pack_key(record, question.by,
               {books_.file_names[record.place.file], question.zone ? &*question.zone : nullptr},
               packed_key_);
  view.answers = view.answers && complete;
  return {&view, view.by_key.row_of(packed_key_)};
}

TallyPlace Ledger::add_to_row(const RowOfView& place, const UsageRecord& record,
                              RecordNumber number) {
  const auto& [view, row] = place;
  view->name = record.view.name;
  view->is_usage = record.view.is_usage;
  ++view->records;
  TallyRows& tallies = view->by_key.tallies();
  tallies.add(row, record.counts, record.cost);
  if (record.view.is_usage && record.view.rank != View::kNeverCounted)
    open_counts_.counted(record, number, {&tallies, row});
  return {record.unit, record.view.rank, row};
}

/// Programs that number the messages of each session from 0 give the same id to different calls: it
/// is short, and what was read differs.
bool Ledger::is_other_call(const KnownCalls::Call& known, const UsageRecord& record) {
  if (record.same_id != SameId::growth || record.id.size() > kLongestVagueId ||
      !record.second_id.empty() || !record.id_space.empty() || known.file == record.place.file)
    return false;
  const Count before = known.counts[Counter::input].value_or(0);
  const Count now = record.counts[Counter::input].value_or(0);
  return before > 0 && now > 0 && before != now;
}

void Ledger::say_id_is_used_again(const KnownCalls::Call& known, const UsageRecord& record) {
  Finding again;
  again.rule = Rule::duplicate;
  again.severity = Severity::warning;
  again.place = record.place;
  again.counter = name_of(Counter::input);
  again.asserted = record.counts[Counter::input];
  again.calculated = known.counts[Counter::input];
  again.basis = "in the call with this id in another file";
  again.cause = "call-logged-twice";
  again.explanation =
      "the id of this call is short and is in another file with another input: both are "
      "counted";
  again.witnesses.push_back({{known.file, known.line, {}}, known.counts});
  finding(std::move(again));
}

bool Ledger::is_repeated(const KnownCalls::Call& known, const UsageRecord& record) {
  if (known.tally == KnownCalls::kToldElsewhere) return true;
  const Place known_place{known.file, known.line, {}};
  if (record.same_id == SameId::growth) {
    compare_reports(known_place, known.counts, record);
    if (is_fuller(record.counts, known.counts)) put_in_place_of(known, record);
    return true;
  }
  const bool same = known.counts == record.counts;
  // Two windows of a log may share a million calls: one finding tells of them.
  if (same && known.file != record.place.file && !record.id_space.empty()) {
    if (is_marked(record) && record.second_id.ends_with('\t')) {
      Finding few;
      few.rule = Rule::duplicate;
      few.severity = Severity::warning;
      few.place = record.place;
      few.cause = "replayed-prefix";
      few.explanation =
          "another list begins with the same requests: they are counted once, and so few may be "
          "alike by chance";
      few.witnesses.push_back({known_place, known.counts});
      finding(std::move(few));
      return true;
    }
    ToldAgain& again = told_again_[{record.place.file, known.file}];
    if (++again.calls == 1) again = {1, record.place, known_place};
    return true;
  }
  Finding repeat;
  repeat.rule = Rule::duplicate;
  repeat.severity = same ? Severity::note : Severity::warning;
  repeat.place = record.place;
  repeat.cause = "call-logged-twice";
  repeat.explanation =
      same ? "the call with this id appears twice with the same numbers: it is counted once"
           : "the call with this id appears twice with other numbers: both are counted";
  repeat.witnesses.push_back({known_place, known.counts});
  // A session that goes on from another tells all of its calls again: that is how it is written.
  if (!same || id_space(record) == record.id_space) finding(std::move(repeat));
  return same;
}

void Ledger::put_in_place_of(const KnownCalls::Call& known, const UsageRecord& record) {
  TallyRows& tallies = view_of(known.tally).by_key.tallies();
  const TallyRows::Row row = known.tally.row;
  tallies.remove(row, known.counts, known.cost);
  open_counts_.taken_back(known.counts, {&tallies, row});
  tallies.add(row, record.counts, record.cost);
  open_counts_.counted(record, known.record, {&tallies, row});
  correct(known.record, record.counts);
  if (known.record != 0) books_.record_uses.final_costs[known.record] = record.cost;
  known_calls_.set({id_space(record), record.id, record.second_id},
                   {record.place.file, record.place.line, record.counts, known.tally, known.began,
                    known.record, record.cost});
}

void Ledger::compare_reports(const Place& known_place, const Counts& known,
                             const UsageRecord& record) {
  for (const Counter counter : {Counter::input, Counter::cache_read, Counter::cache_write}) {
    const auto before = known[counter];
    const auto now = record.counts[counter];
    if (!before || !now || *before == *now) continue;
    Finding differs;
    differs.rule = Rule::duplicate;
    differs.severity = Severity::warning;
    differs.place = record.place;
    differs.counter = name_of(counter);
    differs.asserted = now;
    differs.calculated = before;
    differs.basis = "in an earlier report of the same call";
    differs.cause = "call-logged-twice";
    differs.explanation =
        "one call is reported twice with other numbers; the report with more output is counted";
    differs.witnesses.push_back({known_place, known});
    finding(std::move(differs));
    return;
  }
}

std::string_view Ledger::id_space(const UsageRecord& record) const {
  if (record.id_space.empty()) return {};
  const auto first = first_space_.find(record.id_space);
  return first == first_space_.end() ? std::string_view(record.id_space)
                                     : std::string_view(first->second);
}

/// A row of a bill may be a credit; a call that costs less than nothing is a mistake, or nobody
/// said what it is.
void Ledger::report_cost_below_zero(const UsageRecord& record) {
  if (!record.cost || record.role != Role::request) return;
  const Cost& cost = *record.cost;
  if (!(cost.amount.money < Money())) return;
  Finding below;
  below.rule = Rule::cost;
  below.severity = Severity::warning;
  below.place = record.place;
  below.counter = "cost";
  below.explanation = fmt::format("the call is said to cost {}: it is summed as it is written",
                                  cost_text(cost.amount.money, cost.currency));
  finding(std::move(below));
}

/// A total that nobody gave is input + output, which may not fit in 64 bits though both do.
void Ledger::report_total_that_does_not_fit(const UsageRecord& record) {
  const auto input = record.counts[Counter::input];
  const auto output = record.counts[Counter::output];
  if (!input || !output || record.counts.has(Counter::total)) return;
  ExactSum total(*input);
  total += *output;
  if (!total.fits()) trouble(record.place, "input + output does not fit in 64 bits");
}

}  // namespace usagectl
