#include "analysis/collector.hpp"

#include <utility>

namespace usagectl {

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
    groups[id].tally.add(record.counts);
    ++groups[id].members;
  }
}

void Collector::record(UsageRecord&& record) {
  const bool is_in_series = !units[record.unit].series.empty();
  if (record.running != Running::no && is_in_series) return hold_back(std::move(record));
  if (is_in_series && !file_is_duplicate_) units[record.unit].grown.add(record.counts);
  if (!question_.time.is_unbound() && !question_.time.holds(record.time)) {
    ++objects_;
    ignored(record.time.empty() ? "record without a time" : "outside the time asked for");
    return;
  }
  const std::string& file_name = file_names_[record.place.file];
  if (record.view.is_usage) {
    ++objects_;
    if (question_.on_record) question_.on_record(record);
  }
  if (record.id_is_unique && record.role == Role::request && is_repeated(record)) {
    ++intake.duplicate;
    return;
  }
  say_total_that_does_not_fit(record);
  add_to_groups(record);
  if (file_is_duplicate_) {
    if (record.view.is_usage) ++intake.duplicate;
    return;
  }
  Unit& unit = units[record.unit];
  if (unit.views.empty()) unit.place = record.place;
  ViewSums& view = unit.views[record.view.rank];
  view.name = record.view.name;
  view.is_usage = record.view.is_usage;
  ++view.records;
  packed_key_.clear();
  const bool complete = pack_key(record, question_.by, file_name, packed_key_);
  view.answers = view.answers && complete;
  view.by_key[packed_key_].add(record.counts);
}

bool Collector::is_repeated(const UsageRecord& record) {
  const auto [met, is_new] = calls_by_id_.try_emplace(record.id, MetCall{record.place, record.counts});
  if (is_new) return false;
  const bool same = met->second.counts == record.counts;
  Finding repeat;
  repeat.rule = Rule::duplicate;
  repeat.severity = same ? Severity::note : Severity::warning;
  repeat.place = record.place;
  repeat.cause = "call-logged-twice";
  repeat.explanation = same ? "the call with this id stands twice with the same numbers: it is counted once"
                            : "the call with this id stands twice with other numbers: both are counted";
  repeat.witnesses.push_back({met->second.place, met->second.counts});
  finding(std::move(repeat));
  return same;
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
  if (question_.wants_claims) findings.push_back(std::move(finding));
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

void Collector::rejected(const Place& place, std::string problem, std::initializer_list<GroupId> parts_of) {
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

void Collector::warning(std::string text) { intake.warnings.push_back(std::move(text)); }

void Collector::begin_file(std::uint64_t bytes, std::uint64_t lines, bool is_duplicate) {
  ++intake.files;
  intake.bytes += bytes;
  intake.lines += lines;
  file_is_duplicate_ = is_duplicate;
}

void Collector::add_problem(const Place& place, std::string problem, std::optional<std::uint64_t> column,
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
