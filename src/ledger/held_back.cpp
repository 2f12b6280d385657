// What the ledger holds back until the last file, since only then it is known what it adds.
#include <fmt/format.h>

#include <set>
#include <utility>

#include "ledger/calls/call_key.hpp"
#include "ledger/calls/resumed_sums.hpp"
#include "ledger/calls/steps_of_calls.hpp"
#include "ledger/ledger.hpp"
#include "ledger/series/choose_views.hpp"
#include "ledger/series/running_totals.hpp"

namespace usagectl {

Books Ledger::finish() {
  settle_running_totals_of_run();
  take_all(settle_resumed_sums(std::exchange(resumed_sums_, {})));
  settle_unless_reported();
  const auto say = [this](Finding&& found) { keep(std::move(found)); };
  unknown_numbers_.settle(say);
  open_counts_.settle(
      say, [this](RecordNumber number, const Counts& counts) { correct(number, counts); });
  tell_of_calls_told_again();
  for (ViewSums* view : left_views_) view->by_key.erase_those_without_records();
  LoggedHours::Logged logged = logged_hours_.logged();
  const std::set<UnitId> copies = count_views(books_, run_copies_, logged.buckets);
  if (logged.finding) keep(std::move(*logged.finding));
  std::set<FileId> repeated_files;
  for (Finding& found : reported_twice_.set_aside(books_, repeated_files)) keep(std::move(found));
  for (const FileId file : repeated_files) books_.beginnings.forget(file);
  // Reconcile looks at them when it names causes.
  if (!books_.question.wants_claims) {
    for (Finding& replay : books_.beginnings.replayed()) finding(std::move(replay));
  }
  settle_record_uses();
  // A report of one copy need not show the views of the other.
  for (const UnitId copy : copies) books_.units[copy].views.clear();
  for (Finding& unfound : unfound_paths_.findings()) warn_of_layout(std::move(unfound));
  for (Doubt& doubt : doubts_.take()) books_.doubts.push_back(std::move(doubt));
  return std::move(books_);
}

void Ledger::settle_record_uses() {
  for (RecordUse& use : books_.record_uses.uses) {
    if (use.bucket != Bucket::counted) continue;
    use.reason = books_.units[use.unit].views.at(use.rank).ignored_as;
    if (!use.reason.empty()) use.bucket = Bucket::ignored;
  }
}

void Ledger::warn_of_layout(Finding&& found) {
  if (books_.question.wants_claims)
    keep(std::move(found));
  else
    warning(fmt::format("{}: {}", books_.file_names[found.place.file], found.explanation));
}

void Ledger::settle_running_totals_of_run() {
  take_all(settle_running_totals(books_, std::exchange(held_back_, {})));
}

/// One finding for each pair of files: two windows of a log may share a million calls.
void Ledger::tell_of_calls_told_again() {
  for (const auto& [files, again] : told_again_) {
    Finding repeat;
    repeat.rule = Rule::duplicate;
    repeat.severity = Severity::note;
    repeat.place = again.place;
    repeat.cause = "call-logged-twice";
    repeat.explanation =
        again.calls == 1
            ? fmt::format("the call is in {} as well: it is counted once",
                          books_.file_names[files.second])
            : fmt::format("{} calls of the file are in {} as well: they are counted once",
                          again.calls, books_.file_names[files.second]);
    repeat.witnesses.push_back({again.known, {}});
    finding(std::move(repeat));
  }
}

/// What was held back until the last file, with what it adds.
void Ledger::take_all(Observations&& settled) {
  for (auto& [records_before, observation] : settled.entries()) {
    if (auto* const found = std::get_if<Finding>(&observation)) finding(std::move(*found));
  }
  for (UsageRecord& record : settled.records()) take_settled(std::move(record));
  for (const auto& [rule, objects] : settled.objects_ignored()) ignored(rule, objects);
  books_.intake.duplicate += settled.duplicates();
  books_.checks_held += settled.checks_held();
}

void Ledger::take_settled(UsageRecord&& settled) {
  file_is_duplicate_ = false;
  file_has_same_bytes_ = false;
  record(std::move(settled));
}

/// Running totals are parts of claims as they are, and count by their growth.
void Ledger::hold_back(UsageRecord&& record) {
  ++objects_;
  add_to_groups(record);
  record.parts_of = {};
  // What it costs is a running total as well, of which the steps are not known.
  record.cost.reset();
  if (file_is_duplicate_) {
    ++books_.intake.duplicate;
    return;
  }
  held_back_.push_back(std::move(record));
}

/// What sums up calls of its file is none itself.
void Ledger::leave_out(UsageRecord&& record, std::string_view reason) {
  record.role = Role::aggregate;
  ignored(reason);
  give_out(record, Bucket::ignored, reason);
}

void Ledger::take_total_so_far(UsageRecord&& record) {
  if (calls_of_file_.are_told_by(record)) {
    return leave_out(std::move(record), "sum of calls in the same file");
  }
  settle_totals_so_far(totals_so_far_.take(std::move(record), !calls_of_file_.empty()));
}

void Ledger::settle_totals_so_far(std::vector<UsageRecord>&& records) {
  for (UsageRecord& record : records) {
    --objects_;
    settle(std::move(record));
  }
}

bool Ledger::is_held(UsageRecord& record) {
  if (rows_of_tree_.take(record)) return true;
  for (UsageRecord& held : rows_of_tree_.release()) settle(std::move(held));
  if (growing_lines_.take(record)) return true;
  for (UsageRecord& held : growing_lines_.release()) settle(std::move(held));
  return false;
}

std::optional<Place> Ledger::settle_growing_lines() {
  GrowingLines::Settled lines = growing_lines_.finish();
  for (UsageRecord& record : lines.counted) settle(std::move(record));
  for (UsageRecord& record : lines.copies) {
    ++objects_;
    ++books_.intake.duplicate;
    record.role = Role::copy;
    give_out(record, Bucket::duplicate, "the call is counted once");
  }
  return lines.doubtful;
}

std::optional<Place> Ledger::settle_rows_of_tree() {
  RowsOfTree::Settled rows = rows_of_tree_.finish();
  books_.checks_held += rows.held;
  for (Finding& found : rows.findings) finding(std::move(found));
  for (UsageRecord& record : rows.counted) settle(std::move(record));
  for (UsageRecord& record : rows.sums) {
    ++objects_;
    leave_out(std::move(record), "sum of the rows below it");
  }
  return rows.doubtful;
}

std::optional<Place> Ledger::settle_windows_of_time() {
  const bool are_beside_calls = !calls_of_file_.empty();
  WindowsOfTime::Settled windows = windows_of_time_.finish();
  if (are_beside_calls && !windows.held.empty()) windows.doubtful = windows.held.front().place;
  for (UsageRecord& record : windows.counted) {
    --objects_;
    settle(std::move(record));
  }
  for (UsageRecord& record : windows.held)
    leave_out(std::move(record), "window of time within a wider one");
  return windows.doubtful;
}

void Ledger::unless_reported(UsageRecord&& record, std::optional<Finding>&& finding) {
  if (file_is_duplicate_) {
    ++objects_;
    ++books_.intake.duplicate;
    return;
  }
  unless_reported_.push_back({std::move(record), std::move(finding)});
}

std::optional<KnownCalls::Call> Ledger::known_call(const UsageRecord& record) const {
  if (is_marked(record)) return known_calls_.find({id_space(record), record.second_id, {}});
  return known_calls_.find({id_space(record), record.id, record.second_id});
}

/// A call whose mark and counts were met under another id is that call.
void Ledger::copied_call(CopiedCall&& call) {
  UsageRecord& record = call.record;
  const KnownCalls::Key mark{"copied call", call.mark, {}};
  const bool is_copy =
      !file_is_duplicate_ && !known_call(record) && known_calls_.find_same(mark, record.counts);
  if (is_copy) {
    ++objects_;
    ++books_.intake.duplicate;
    known_calls_.set(
        {id_space(record), record.id, record.second_id},
        {record.place.file, record.place.line, record.counts, KnownCalls::kToldElsewhere});
    record.role = Role::copy;
    give_out(record, Bucket::duplicate, "the call is counted once");
    return;
  }
  if (!file_is_duplicate_)
    known_calls_.set(
        mark, {record.place.file, record.place.line, record.counts, KnownCalls::kToldElsewhere});
  this->record(std::move(record));
}

void Ledger::resumed_sum(ResumedSum&& sum) {
  objects_ += sum.records.size();
  if (file_is_duplicate_) {
    books_.intake.duplicate += sum.records.size();
    return;
  }
  resumed_sums_.push_back(std::move(sum));
}

void Ledger::settle_unless_reported() {
  std::vector<UnlessReported> held = std::exchange(unless_reported_, {});
  StepsOfCalls steps;
  for (const UnlessReported& one : held) {
    if (const auto known = known_call(one.record)) steps.add(one.record, known->counts);
  }
  for (auto& [record, if_not] : held) {
    const auto known = known_call(record);
    const bool is_beside = known && known->tally != KnownCalls::kToldElsewhere &&
                           steps.is_call_beside(record, known->counts);
    if (steps.was_told(record) || (known && !is_beside)) {
      ++objects_;
      ++books_.intake.duplicate;
      continue;
    }
    if (if_not) finding(std::move(*if_not));
    record.same_id = SameId::nothing;
    calls_of_file_.begin();
    take_settled(std::move(record));
  }
}

}  // namespace usagectl
