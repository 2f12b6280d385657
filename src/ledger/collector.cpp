#include "ledger/collector.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace usagectl {
namespace {

/// In the place of the number of a tally: the call began outside of the time asked for.
constexpr std::uint32_t kOutsideTime = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kMostEarlySums = 64;

}  // namespace

Collector::Collector(Question question, std::vector<std::string> file_names)
    : question_(std::move(question)), file_names_(std::move(file_names)) {
  groups.emplace_back();  // 0 = none
}

UnitId Collector::unit(std::string_view key) {
  if (!key.empty()) {
    if (const auto known = unit_by_key_.find(std::string(key)); known != unit_by_key_.end()) {
      return known->second;
    }
  }
  const auto id = static_cast<UnitId>(units.size());
  units.emplace_back();
  if (!key.empty()) unit_by_key_.emplace(key, id);
  return id;
}

UnitId Collector::snapshot_unit(const Snapshot& snapshot) {
  const UnitId id = unit();
  units[id].series = snapshot.series;
  units[id].number = snapshot.number;
  units[id].starts_at = snapshot.starts_at;
  return id;
}

GroupId Collector::group(std::string_view key) {
  if (!question_.wants_claims) return 0;
  if (first_reading_ != nullptr) return group_as_before(key);
  if (!key.empty()) {
    if (const auto known = group_by_key_.find(std::string(key)); known != group_by_key_.end()) {
      return known->second;
    }
  }
  const auto id = static_cast<GroupId>(groups.size());
  groups.emplace_back();
  if (!key.empty()) group_by_key_.emplace(key, id);
  return id;
}

void Collector::number_groups_as(const Collector& first) {
  first_reading_ = &first;
  groups.resize(first.groups.size());
}

/// Groups without a key are numbered in the order in which their file makes them; so are those with
/// a key, by the first file that has it.
GroupId Collector::group_as_before(std::string_view key) {
  GroupId id = next_group_;
  if (!key.empty()) {
    const auto known = first_reading_->group_by_key_.find(std::string(key));
    if (known == first_reading_->group_by_key_.end()) return 0;  // the file has changed
    id = known->second;
  }
  if (id == next_group_) ++next_group_;
  return id < groups.size() ? id : 0;
}

void Collector::take_settled(UsageRecord&& settled) {
  file_is_duplicate_ = false;
  record(std::move(settled));
}

/// Running totals are parts of claims as they are, and count by their growth.
void Collector::hold_back(UsageRecord&& record) {
  ++objects_;
  add_to_groups(record);
  record.parts_of = {};
  if (file_is_duplicate_) {
    ++intake.duplicate;
    return;
  }
  held_back.push_back({std::move(record)});
}

void Collector::add_to_groups(const UsageRecord& record) {
  if (!question_.wants_claims) return;
  for (const GroupId id : record.parts_of) {
    if (id == 0) continue;
    Group& group = groups[id];
    if (group.tally.records == 0) group.first_file = record.place.file;
    group.last_file = record.place.file;
    group.tally.add(record.counts);
    ++group.members;
  }
  if (keeps_parts_) kept_parts.add(record);
}

void Collector::continues(std::string_view space, std::string_view other) {
  const auto known = first_space_.find(std::string(other));
  const std::string first = known == first_space_.end() ? std::string(other) : known->second;
  if (first != space) first_space_.try_emplace(std::string(space), first);
}

void Collector::covers(std::string_view series) { covered_series.emplace(series); }

void Collector::unless_told(UsageRecord&& record, std::optional<Finding>&& finding) {
  if (file_is_duplicate_) {
    ++objects_;
    ++intake.duplicate;
    return;
  }
  unless_told_.push_back({std::move(record), std::move(finding)});
}

void Collector::settle_unless_told() {
  for (auto& [record, if_not] : std::exchange(unless_told_, {})) {
    if (known_calls_.find({id_space(record), record.id, record.second_id})) {
      ++objects_;
      ++intake.duplicate;
      continue;
    }
    if (if_not) finding(std::move(*if_not));
    record.same_id = SameId::nothing;
    calls_of_file_.begin();
    take_settled(std::move(record));
  }
}

void Collector::record(UsageRecord&& record) {
  if (question_.on_read) question_.on_read(record);
  if (keeps_parts_) kept_parts.add_object(record);
  const bool is_in_series = !units[record.unit].series.empty();
  if (record.running != Running::no && is_in_series) return hold_back(std::move(record));
  if (is_in_series && !file_is_duplicate_) units[record.unit].grown.add(record.counts);
  if (record.same_id != SameId::growth) {
    settle(std::move(record));
    return;
  }
  if (UsageRecord* open = open_calls_.find(record)) {
    ++objects_;
    ++intake.duplicate;
    compare_reports(open->place, open->counts, record);
    if (is_fuller(record.counts, open->counts)) {
      // A call is of the time of its first report, wherever its last one stands.
      if (!open->time.empty()) record.time = open->time;
      std::swap(*open, record);
    }
    if (keeps_parts_) kept_parts.add_told_again(record);
    return;
  }
  open_calls_.add(std::move(record), [this](UsageRecord&& settled) { settle(std::move(settled)); });
}

void Collector::settle(UsageRecord&& record) {
  if (record.view.is_usage) ++objects_;
  const bool has_own_id =
      record.same_id != SameId::nothing && record.role == Role::request && !record.id.empty();
  std::optional<KnownCalls::Key> key;
  if (has_own_id) key.emplace(id_space(record), record.id, record.second_id);
  auto known = key ? known_calls_.find(*key) : std::nullopt;
  if (known && record.same_id == SameId::copy && known->counts != record.counts) {
    // Reports of one id with other numbers are counted beside each other, each of them once.
    if (const auto same = known_calls_.find_same(*key, record.counts)) known = same;
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
    if (question_.on_record) question_.on_record(record);
    return;
  } else {
    calls_of_file_.add(record.counts);
    // Several calls told as one, and nothing else tells of them.
    if (record.sums.calls.value_or(0) > 1) record.counts.set(Counter::requests, record.sums.calls);
  }
  const bool is_outside = !question_.time.is_unbound() && !question_.time.holds(record.time);
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
  if (record.view.is_usage && question_.on_record) question_.on_record(record);
  if (repeated) {
    ++intake.duplicate;
    if (keeps_parts_) kept_parts.add_told_again(record);
    return;
  }
  Tally* const tally = count(record);
  if (key && tally != nullptr) {
    known_calls_.set(*key,
                     {record.place.file, record.place.line, record.counts, number_of(*tally)});
  }
}

bool Collector::is_early_sum(const UsageRecord& record) {
  if (!calls_of_file_.is_early(record)) return false;
  if (early_sums_.size() < kMostEarlySums) return true;
  settle_early_sums();
  return false;
}

bool Collector::is_sum(const UsageRecord& record) {
  std::vector<Finding> differences;
  std::uint64_t agreed = 0;
  const auto verdict = calls_of_file_.judge(record, differences, agreed);
  held(agreed);
  for (Finding& difference : differences) finding(std::move(difference));
  return verdict == CallsOfFile::Verdict::sum;
}

/// Sums that came before any call of their file.
void Collector::settle_early_sums() {
  if (calls_of_file_.empty()) calls_of_file_.take_sums_for_calls();
  for (UsageRecord& record : std::exchange(early_sums_, {})) {
    --objects_;
    settle(std::move(record));
  }
}

Tally* Collector::count(const UsageRecord& record) {
  say_total_that_does_not_fit(record);
  add_to_groups(record);
  if (file_is_duplicate_) {
    if (record.view.is_usage) ++intake.duplicate;
    return nullptr;
  }
  if (question_.wants_claims) beginnings.note(record);
  Unit& unit = units[record.unit];
  if (unit.views.empty()) unit.place = record.place;
  ViewSums& view = unit.views[record.view.rank];
  view.name = record.view.name;
  view.is_usage = record.view.is_usage;
  ++view.records;
  packed_key_.clear();
  const bool complete = pack_key(record, question_.by, file_names_[record.place.file], packed_key_);
  view.answers = view.answers && complete;
  Tally& tally = view.by_key[packed_key_];
  tally.add(record.counts);
  return &tally;
}

bool Collector::is_repeated(const KnownCalls::Call& known, const UsageRecord& record) {
  const Place known_place{known.file, known.line, {}};
  if (record.same_id == SameId::growth) {
    compare_reports(known_place, known.counts, record);
    if (is_fuller(record.counts, known.counts)) put_in_place_of(known, record);
    return true;
  }
  const bool same = known.counts == record.counts;
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

void Collector::put_in_place_of(const KnownCalls::Call& known, const UsageRecord& record) {
  Tally& tally = *numbered_tallies_[known.tally];
  tally.remove(known.counts);
  tally.add(record.counts);
  known_calls_.set({id_space(record), record.id, record.second_id},
                   {record.place.file, record.place.line, record.counts, known.tally});
}

void Collector::compare_reports(const Place& known_place, const Counts& known,
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

std::string_view Collector::id_space(const UsageRecord& record) const {
  if (record.id_space.empty()) return {};
  const auto first = first_space_.find(record.id_space);
  return first == first_space_.end() ? std::string_view(record.id_space)
                                     : std::string_view(first->second);
}

std::uint32_t Collector::number_of(Tally& tally) {
  const auto [known, is_new] =
      number_of_tally_.try_emplace(&tally, static_cast<std::uint32_t>(numbered_tallies_.size()));
  if (is_new) numbered_tallies_.push_back(&tally);
  return known->second;
}

/// A total that nobody gave is input + output, which may not fit in 64 bits though both do.
void Collector::say_total_that_does_not_fit(const UsageRecord& record) {
  const auto input = record.counts[Counter::input];
  const auto output = record.counts[Counter::output];
  if (!input || !output || record.counts.has(Counter::total)) return;
  ExactSum total(*input);
  total += *output;
  if (!total.fits()) trouble(record.place, "input + output does not fit in 64 bits");
}

void Collector::member(const Member& member) {
  if (member.group == 0) return;
  groups[member.group].members += member.times;
  if (member.number != 0) groups[member.group].numbers.push_back(member.number);
}

void Collector::claim(SumClaim&& claim) {
  if (question_.wants_claims) sum_claims.push_back(std::move(claim));
}
void Collector::claim(CountClaim&& claim) {
  if (question_.wants_claims) count_claims.push_back(std::move(claim));
}
void Collector::claim(SequenceClaim&& claim) {
  if (question_.wants_claims) sequence_claims.push_back(std::move(claim));
}
void Collector::claim(UniqueName&& name) {
  if (question_.wants_claims) unique_names.push_back(std::move(name));
}
void Collector::claim(SharedMark&& mark) {
  if (question_.wants_claims) shared_marks.push_back(std::move(mark));
}

void Collector::held(std::uint64_t checks) { checks_held += checks; }

void Collector::finding(Finding&& finding) {
  if (!question_.wants_claims) return;
  if (keeps_parts_ && finding.rule == Rule::identity) kept_parts.expect_object(finding.place);
  findings.push_back(std::move(finding));
}

void Collector::ignored(std::string_view rule, std::uint64_t objects) {
  if (objects == 0) return;
  const auto known = intake.ignored.find(rule);
  if (known == intake.ignored.end()) {
    intake.ignored.emplace(rule, objects);
  } else {
    known->second += objects;
  }
}

void Collector::duplicate(std::uint64_t objects) { intake.duplicate += objects; }

void Collector::reject(const Place& place, std::string problem, std::span<const GroupId> parts_of) {
  ++objects_;
  ++intake.rejected;
  for (const GroupId id : parts_of) {
    if (id != 0) groups[id].misses_parts = true;
  }
  add_problem(place, std::move(problem), std::nullopt, std::nullopt);
}

void Collector::unreadable(const Place& place, const Fault& fault) {
  ++intake.rejected;
  add_problem(place, fault.problem, fault.column, fault.offset);
}

void Collector::trouble(const Place& place, std::string problem) {
  add_problem(place, std::move(problem), std::nullopt, std::nullopt);
}

void Collector::inferred(InferredLayout&& layout) {
  if (question_.wants_layouts) inferred_layouts.push_back(std::move(layout));
}

void Collector::warning(std::string text) { intake.warnings.push_back(std::move(text)); }

void Collector::begin_file(FileId file, bool is_duplicate) {
  ++intake.files;
  if (first_reading_ != nullptr) {
    const auto first = first_reading_->first_group_.find(file);
    next_group_ = first == first_reading_->first_group_.end() ? 0 : first->second;
  } else {
    first_group_.emplace(file, static_cast<GroupId>(groups.size()));
  }
  calls_of_file_.begin();
  file_is_duplicate_ = is_duplicate;
}

void Collector::end_file() {
  open_calls_.close([this](UsageRecord&& settled) { settle(std::move(settled)); });
  settle_early_sums();
}

void Collector::add_read(std::uint64_t bytes, std::uint64_t lines) {
  intake.bytes += bytes;
  intake.lines += lines;
}

void Collector::add_problem(const Place& place, std::string problem,
                            std::optional<std::uint64_t> column,
                            std::optional<std::uint64_t> offset) {
  Problem entry;
  entry.file = file_names_[place.file];
  if (place.line != 0) entry.line = place.line;
  entry.column = column;
  entry.offset = offset;
  entry.pointer = place.pointer;
  entry.problem = std::move(problem);
  intake.problems.push_back(std::move(entry));
}

}  // namespace usagectl
