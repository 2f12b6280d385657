#include "ledger/ledger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <type_traits>
#include <utility>

#include "ledger/books/group_key.hpp"

namespace usagectl {
namespace {

/// In the place of the number of a tally: the call began outside of the time asked for.
constexpr std::uint32_t kOutsideTime = std::numeric_limits<std::uint32_t>::max();
static_assert(kOutsideTime != KnownCalls::kToldElsewhere);
constexpr std::size_t kMostEarlySums = 64;
constexpr std::size_t kLongestVagueId = 16;
constexpr std::size_t kShortId = 8;

/// Lines are counted from the start of a piece; a line 0 means the whole file.
void move_down(Place& place, std::uint64_t lines) {
  if (place.line != 0) place.line += lines;
}

void move_down(Finding& finding, std::uint64_t lines) {
  move_down(finding.place, lines);
  for (Witness& witness : finding.witnesses) move_down(witness.place, lines);
}

}  // namespace

Ledger::Ledger(Question question, std::vector<std::string> file_names) {
  books_.question = std::move(question);
  books_.file_names = std::move(file_names);
  books_.groups.emplace_back();  // 0 = none
}

FileId Ledger::add_file(std::string name) {
  books_.file_names.push_back(std::move(name));
  return static_cast<FileId>(books_.file_names.size() - 1);
}

UnitId Ledger::unit(std::string_view key) {
  if (!key.empty()) {
    if (const auto known = unit_by_key_.find(std::string(key)); known != unit_by_key_.end()) {
      return known->second;
    }
  }
  const auto id = static_cast<UnitId>(books_.units.size());
  books_.units.emplace_back();
  if (!key.empty()) unit_by_key_.emplace(key, id);
  return id;
}

UnitId Ledger::snapshot_unit(const Snapshot& snapshot) {
  const UnitId id = unit({});
  books_.units[id].series = snapshot.series;
  books_.units[id].number = snapshot.number;
  books_.units[id].starts_at = snapshot.starts_at;
  return id;
}

GroupId Ledger::group(std::string_view key) {
  if (!books_.question.wants_claims) return 0;
  if (first_reading_ != nullptr) return group_as_before(key);
  if (!key.empty()) {
    if (const auto known = books_.group_by_key.find(std::string(key));
        known != books_.group_by_key.end()) {
      return known->second;
    }
  }
  const auto id = static_cast<GroupId>(books_.groups.size());
  books_.groups.emplace_back();
  if (!key.empty()) books_.group_by_key.emplace(key, id);
  return id;
}

void Ledger::number_groups_as(const Books& first) {
  first_reading_ = &first;
  books_.groups.resize(first.groups.size());
}

/// Groups without a key are numbered in the order in which their file makes them; so are those with
/// a key, by the first file that has it.
GroupId Ledger::group_as_before(std::string_view key) {
  GroupId id = next_group_;
  if (!key.empty()) {
    const auto known = first_reading_->group_by_key.find(std::string(key));
    if (known == first_reading_->group_by_key.end()) return 0;  // the file has changed
    id = known->second;
  }
  if (id == next_group_) ++next_group_;
  return id < books_.groups.size() ? id : 0;
}

void Ledger::keep_parts_of(KeptParts wanted) {
  books_.kept_parts = std::move(wanted);
  keeps_parts_ = true;
}

void Ledger::unreadable_paths(const std::vector<Problem>& problems) {
  books_.intake.problems = problems;
  books_.intake.rejected += problems.size();
}

void Ledger::add(Observations&& found, std::uint64_t lines_before) {
  const auto group_in_run = [&](GroupId id) { return id == 0 ? 0 : groups_of_file_[id - 1]; };
  const auto settle_place = [&](UsageRecord& record) {
    move_down(record.place, lines_before);
    record.unit = units_of_file_[record.unit];
    for (GroupId& id : record.parts_of) id = group_in_run(id);
  };
  const auto claim = [&](auto& what, auto& claims) {
    if (!books_.question.wants_claims) return;
    move_down(what.place, lines_before);
    what.group = group_in_run(what.group);
    claims.push_back(std::move(what));
  };
  auto& records = found.records();
  std::size_t taken = 0;
  const auto take_records = [&](std::size_t end) {
    for (; taken < end; ++taken) {
      settle_place(records[taken]);
      add_as_written(records[taken]);
      record(std::move(records[taken]));
    }
  };
  for (auto& [records_before, observation] : found.entries()) {
    take_records(records_before);
    std::visit(
        [&](auto& what) {
          using What = std::decay_t<decltype(what)>;
          if constexpr (std::is_same_v<What, NewUnit>) {
            units_of_file_.push_back(unit(what.key));
          } else if constexpr (std::is_same_v<What, Snapshot>) {
            units_of_file_.push_back(snapshot_unit(what));
          } else if constexpr (std::is_same_v<What, NewGroup>) {
            groups_of_file_.push_back(group(what.key));
            if (what.is_as_written && groups_of_file_.back() != 0)
              books_.groups[groups_of_file_.back()].as_written = std::make_unique<SumsAsWritten>();
          } else if constexpr (std::is_same_v<What, ContinuedSpace>) {
            continues(what.space, what.other);
          } else if constexpr (std::is_same_v<What, CoveredSeries>) {
            books_.covered_series.insert(std::move(what.series));
          } else if constexpr (std::is_same_v<What, UnlessReported>) {
            settle_place(what.record);
            if (what.finding) move_down(*what.finding, lines_before);
            unless_reported(std::move(what.record), std::move(what.finding));
          } else if constexpr (std::is_same_v<What, CopiedCall>) {
            settle_place(what.record);
            copied_call(std::move(what));
          } else if constexpr (std::is_same_v<What, ResumedSum>) {
            for (UsageRecord& record : what.records) settle_place(record);
            resumed_sum(std::move(what));
          } else if constexpr (std::is_same_v<What, Member>) {
            what.group = group_in_run(what.group);
            member(what);
          } else if constexpr (std::is_same_v<What, SumClaim>) {
            for (ClaimedNumber& number : what.numbers) {
              if (number.line != 0) number.line += lines_before;
            }
            claim(what, books_.sum_claims);
          } else if constexpr (std::is_same_v<What, CountClaim>) {
            what.soft_group = group_in_run(what.soft_group);
            claim(what, books_.count_claims);
          } else if constexpr (std::is_same_v<What, SequenceClaim>) {
            claim(what, books_.sequence_claims);
          } else if constexpr (std::is_same_v<What, UniqueName>) {
            claim(what, books_.unique_names);
          } else if constexpr (std::is_same_v<What, SharedMark>) {
            claim(what, books_.shared_marks);
          } else if constexpr (std::is_same_v<What, Finding>) {
            move_down(what, lines_before);
            finding(std::move(what));
          } else if constexpr (std::is_same_v<What, RejectedObject>) {
            move_down(what.place, lines_before);
            for (GroupId& id : what.parts_of) id = group_in_run(id);
            reject(what.place, std::move(what.problem), what.parts_of);
          } else if constexpr (std::is_same_v<What, UnreadablePlace>) {
            move_down(what.place, lines_before);
            unreadable(what.place, what.fault);
          } else if constexpr (std::is_same_v<What, Trouble>) {
            move_down(what.place, lines_before);
            trouble(what.place, std::move(what.problem));
          } else if constexpr (std::is_same_v<What, InferredLayout>) {
            if (books_.question.wants_layouts) books_.inferred_layouts.push_back(std::move(what));
          } else {
            static_assert(std::is_same_v<What, Warning>);
            warning(std::move(what.text));
          }
        },
        observation);
  }
  take_records(records.size());
  for (const auto& [rule, objects] : found.objects_ignored()) ignored(rule, objects);
  books_.intake.duplicate += found.duplicates();
  books_.checks_held += found.checks_held();
}

bool Ledger::counts(const Books& books, FileId file) const {
  const auto views = views_of_copies_.find(file);
  if (views == views_of_copies_.end()) return true;
  return std::any_of(books.counted_views.begin(), books.counted_views.end(),
                     [&](const ViewOfUnit& counted) {
                       return views->second.contains({counted.unit, counted.rank});
                     });
}

void Ledger::add_to_groups(const UsageRecord& record) {
  if (!books_.question.wants_claims) return;
  for (const GroupId id : record.parts_of) {
    if (id == 0) continue;
    Group& group = books_.groups[id];
    if (group.tally.records == 0) group.first_file = record.place.file;
    group.last_file = record.place.file;
    group.tally.add(record.counts);
    ++group.members;
  }
  if (keeps_parts_) books_.kept_parts.add(record);
}

/// As it is written, before anybody asks whether it repeats a call.
void Ledger::add_as_written(const UsageRecord& record) {
  for (const GroupId id : record.parts_of) {
    if (id == 0 || books_.groups[id].as_written == nullptr) continue;
    SumsAsWritten& sums = *books_.groups[id].as_written;
    const Counts given = completed(record.given, record.counts);
    sums.given.add(given);
    sums.solved.add(record.counts);
    if (has_tokens(record.counts) || has_tokens(given)) ++sums.with_tokens;
  }
}

void Ledger::continues(std::string_view space, std::string_view other) {
  const auto known = first_space_.find(std::string(other));
  const std::string first = known == first_space_.end() ? std::string(other) : known->second;
  if (first != space) first_space_.try_emplace(std::string(space), first);
}

void Ledger::record(UsageRecord&& record) {
  if (books_.question.on_read) books_.question.on_read(record);
  if (keeps_parts_) books_.kept_parts.add_object(record);
  const bool is_in_series = !books_.units[record.unit].series.empty();
  if (record.running != Running::no && is_in_series) return hold_back(std::move(record));
  if (record.same_id != SameId::growth) {
    settle(std::move(record));
    return;
  }
  if (UsageRecord* open = open_calls_.find(record)) {
    ++objects_;
    ++books_.intake.duplicate;
    compare_reports(open->place, open->counts, record);
    if (is_fuller(record.counts, open->counts)) {
      // A call is of the time of its first report, wherever its last one stands.
      if (!open->time.empty()) record.time = open->time;
      std::swap(*open, record);
    }
    if (keeps_parts_) books_.kept_parts.add_told_again(record);
    return;
  }
  open_calls_.add(std::move(record), [this](UsageRecord&& settled) { settle(std::move(settled)); });
}

void Ledger::settle(UsageRecord&& record) {
  if (record.view.is_usage) ++objects_;
  const auto key = key_of(record);
  if (!record.view.is_usage && key) {
    // It only says what is known.
    if (!known_calls_.find(*key))
      known_calls_.set(
          *key, {record.place.file, record.place.line, record.counts, KnownCalls::kToldElsewhere});
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
  } else if (is_sum(record)) {
    record.role = Role::aggregate;
    ignored("sum of calls in the same file");
    if (books_.question.on_record) books_.question.on_record(record);
    return;
  } else {
    calls_of_file_.add(record.counts);
    // Several calls told as one, or none, and nothing else tells of them.
    if (record.sums.calls && (*record.sums.calls > 0 || record.counts[Counter::total] == Count(0)))
      record.counts.set(Counter::requests, record.sums.calls);
  }
  const bool is_outside =
      !books_.question.time.is_unbound() && !books_.question.time.holds(record.time);
  if (is_same_call ? known->tally == kOutsideTime : is_outside) {
    if (!record.view.is_usage) ++objects_;
    ignored(record.time.empty() ? "record without a time" : "outside the time asked for");
    if (key && !is_same_call)
      known_calls_.set(*key, {record.place.file, record.place.line, record.counts, kOutsideTime});
    return;
  }
  if (known && known->tally == kOutsideTime) known.reset();
  const bool repeated = known && is_repeated(*known, record);
  // Recordings of one call in two files are one request each; logs and sessions repeat what they
  // hold.
  const bool is_recording = record.same_id == SameId::copy && record.id_space.empty() && known &&
                            known->file != record.place.file;
  if (repeated && !is_recording) record.role = Role::copy;
  if (record.view.is_usage && books_.question.on_record) books_.question.on_record(record);
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
  Tally* const tally = count(record);
  if (key && tally != nullptr) {
    known_calls_.set(*key,
                     {record.place.file, record.place.line, record.counts, number_of(*tally)});
  }
}

/// A record without an id of its own may have a second one, which nothing else has: the moment and
/// the numbers of the call, or all that its list holds up to its place, and behind a tab the front
/// of the list, which is left empty where that is too short to prove anything.
bool Ledger::is_marked(const UsageRecord& record) {
  return record.id.empty() && !record.second_id.empty() && !record.id_space.empty();
}

/// What tells the call apart from all others, if anything does.
std::optional<KnownCalls::Key> Ledger::key_of(const UsageRecord& record) const {
  if (record.same_id == SameId::nothing) return std::nullopt;
  // Such a mark says less than that all the bytes are the same, and that may be a second run.
  if (is_marked(record)) {
    // Snapshots of one series hold each other as they are.
    if (file_has_same_bytes_ || !books_.units[record.unit].series.empty()) return std::nullopt;
    const std::string_view mark = record.second_id;
    const auto tab = std::min(mark.find('\t'), mark.size());
    return KnownCalls::Key(id_space(record), mark.substr(0, tab),
                           mark.substr(std::min(tab + 1, mark.size())));
  }
  if (record.role == Role::cumulative || record.id.empty()) return std::nullopt;
  // "req-0" begins anew in the next run: another hour is another call.
  const bool is_short =
      record.same_id == SameId::copy && record.second_id.empty() && record.id.size() <= kShortId;
  constexpr std::size_t kUpToTheHour = std::string_view("2026-01-01T10").size();
  return KnownCalls::Key(
      id_space(record), record.id,
      is_short ? std::string_view(record.time).substr(0, kUpToTheHour) : record.second_id);
}

bool Ledger::is_early_sum(const UsageRecord& record) {
  if (!calls_of_file_.is_early(record)) return false;
  if (early_sums_.size() < kMostEarlySums) return true;
  settle_early_sums();
  return false;
}

bool Ledger::is_sum(const UsageRecord& record) {
  std::vector<Finding> differences;
  std::uint64_t agreed = 0;
  const auto verdict = calls_of_file_.judge(record, differences, agreed);
  books_.checks_held += agreed;
  for (Finding& difference : differences) finding(std::move(difference));
  return verdict == CallsOfFile::Verdict::sum;
}

/// Sums that came before any call of their file.
void Ledger::settle_early_sums() {
  if (calls_of_file_.empty()) calls_of_file_.take_sums_for_calls();
  for (UsageRecord& record : std::exchange(early_sums_, {})) {
    --objects_;
    settle(std::move(record));
  }
}

Tally* Ledger::count(const UsageRecord& record) {
  report_total_that_does_not_fit(record);
  add_to_groups(record);
  run_copies_.note(record);
  if (file_is_duplicate_) {
    if (record.view.is_usage) ++books_.intake.duplicate;
    return nullptr;
  }
  // Files with the same bytes are told of as such.
  if (!file_has_same_bytes_) books_.beginnings.note(record);
  Unit& unit = books_.units[record.unit];
  if (unit.views.empty()) unit.place = record.place;
  ViewSums& view = unit.views[record.view.rank];
  view.name = record.view.name;
  view.is_usage = record.view.is_usage;
  ++view.records;
  packed_key_.clear();
  const bool complete =
      pack_key(record, books_.question.by, books_.file_names[record.place.file], packed_key_);
  view.answers = view.answers && complete;
  Tally& tally = view.by_key[packed_key_];
  tally.add(record.counts);
  if (record.view.is_usage && record.view.rank != View::kNeverCounted)
    open_counts_.counted(record, tally);
  if (const auto copy = views_of_copies_.find(record.place.file); copy != views_of_copies_.end())
    copy->second.emplace(record.unit, record.view.rank);
  return &tally;
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
      "the id of this call is short and stands in another file with another input: both are "
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
      same ? "the call with this id stands twice with the same numbers: it is counted once"
           : "the call with this id stands twice with other numbers: both are counted";
  repeat.witnesses.push_back({known_place, known.counts});
  // A session that goes on from another tells all of its calls again: that is how it is written.
  if (!same || id_space(record) == record.id_space) finding(std::move(repeat));
  return same;
}

void Ledger::put_in_place_of(const KnownCalls::Call& known, const UsageRecord& record) {
  Tally& tally = *numbered_tallies_[known.tally];
  tally.remove(known.counts);
  open_counts_.taken_back(known.counts, tally);
  tally.add(record.counts);
  open_counts_.counted(record, tally);
  known_calls_.set({id_space(record), record.id, record.second_id},
                   {record.place.file, record.place.line, record.counts, known.tally});
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

std::uint32_t Ledger::number_of(Tally& tally) {
  const auto [known, is_new] =
      number_of_tally_.try_emplace(&tally, static_cast<std::uint32_t>(numbered_tallies_.size()));
  if (is_new) numbered_tallies_.push_back(&tally);
  return known->second;
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

void Ledger::member(const Member& member) {
  if (member.group == 0) return;
  books_.groups[member.group].members += member.times;
  if (member.number != 0) books_.groups[member.group].numbers.push_back(member.number);
}

void Ledger::finding(Finding&& finding) {
  if (!unknown_numbers_.take(finding, books_.question.wants_claims)) keep(std::move(finding));
}

void Ledger::keep(Finding&& finding) {
  if (!books_.question.wants_claims) {
    doubts_.note(std::move(finding));
    return;
  }
  if (keeps_parts_ && finding.rule == Rule::identity)
    books_.kept_parts.expect_object(finding.place);
  books_.findings.push_back(std::move(finding));
}

void Ledger::ignored(std::string_view rule, std::uint64_t objects) {
  if (objects == 0) return;
  const auto known = books_.intake.ignored.find(rule);
  if (known == books_.intake.ignored.end()) {
    books_.intake.ignored.emplace(rule, objects);
  } else {
    known->second += objects;
  }
}

void Ledger::reject(const Place& place, std::string problem, std::span<const GroupId> parts_of) {
  ++objects_;
  ++books_.intake.rejected;
  for (const GroupId id : parts_of) {
    if (id != 0) books_.groups[id].misses_parts = true;
  }
  add_problem(place, std::move(problem), std::nullopt, std::nullopt);
}

void Ledger::unreadable(const Place& place, const Fault& fault) {
  ++books_.intake.rejected;
  add_problem(place, fault.problem, fault.column, fault.offset);
}

void Ledger::trouble(const Place& place, std::string problem) {
  add_problem(place, std::move(problem), std::nullopt, std::nullopt);
}

void Ledger::begin_file(FileId file, bool is_duplicate, bool has_same_bytes) {
  ++books_.intake.files;
  if (first_reading_ != nullptr) {
    const auto first = first_reading_->first_group_of_file.find(file);
    next_group_ = first == first_reading_->first_group_of_file.end() ? 0 : first->second;
  } else {
    books_.first_group_of_file.emplace(file, static_cast<GroupId>(books_.groups.size()));
  }
  units_of_file_.clear();
  groups_of_file_.clear();
  calls_of_file_.begin();
  file_is_duplicate_ = is_duplicate;
  file_has_same_bytes_ = has_same_bytes;
  if (has_same_bytes) views_of_copies_.try_emplace(file);
}

void Ledger::end_file() {
  open_calls_.close([this](UsageRecord&& settled) { settle(std::move(settled)); });
  settle_early_sums();
}

void Ledger::add_read(std::uint64_t bytes, std::uint64_t lines) {
  books_.intake.bytes += bytes;
  books_.intake.lines += lines;
}

void Ledger::add_problem(const Place& place, std::string problem,
                         std::optional<std::uint64_t> column, std::optional<std::uint64_t> offset) {
  Problem entry;
  entry.file = books_.file_names[place.file];
  if (place.line != 0) entry.line = place.line;
  entry.column = column;
  entry.offset = offset;
  entry.pointer = place.pointer;
  entry.problem = std::move(problem);
  books_.intake.problems.push_back(std::move(entry));
}

}  // namespace usagectl
