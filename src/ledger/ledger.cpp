// What the ledger takes in, file by file: units, groups, claims, findings and records to count.
#include "ledger/ledger.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "ledger/books/group_key.hpp"

namespace usagectl {
namespace {

/// About as long as a cache line takes to come from memory.
constexpr std::size_t kRecordsAhead = 8;

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
  is_row_of_kind_ =
      std::none_of(books_.question.by.begin(), books_.question.by.end(), AlikeRecords::may_differ);
  asks_for_time_ =
      !books_.question.time.is_unbound() ||
      std::any_of(books_.question.by.begin(), books_.question.by.end(), depends_on_time);
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
  return id;
}

GroupId Ledger::group(std::string_view key) {
  if (!books_.question.keeps_groups()) return 0;
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
  const auto group_in_run = [&](GroupId id) { return id == 0 ? 0 : groups_of_file_.at(id - 1); };
  const auto settle_place = [&](UsageRecord& record) {
    move_down(record.place, lines_before);
    record.unit = units_of_file_.at(record.unit);
    for (GroupId& id : record.parts_of) id = group_in_run(id);
  };
  const auto claim = [&](auto& what, auto& claims) {
    const bool is_of_document = what.place.line == 0;
    if (!books_.question.wants_claims && !(books_.question.wants_totals && is_of_document)) return;
    move_down(what.place, lines_before);
    what.group = group_in_run(what.group);
    claims.push_back(std::move(what));
  };
  auto& records = found.records_in_full();
  const auto& calls_again = found.calls_again();
  std::size_t taken = 0;
  std::size_t taken_again = 0;
  const auto take_records = [&](std::size_t end) {
    while (taken + taken_again < end) {
      if (taken_again < calls_again.size() &&
          calls_again[taken_again].position == taken + taken_again) {
        if (taken_again + kRecordsAhead < calls_again.size())
          known_calls_.expect(KnownCalls::Key(calls_again[taken_again + kRecordsAhead].id_hash));
        call_again(found, calls_again[taken_again++], lines_before);
        continue;
      }
      if (taken + kRecordsAhead < records.size()) expect(records[taken + kRecordsAhead]);
      settle_place(records[taken]);
      add_as_written(records[taken]);
      record(std::move(records[taken++]));
    }
  };
  for (auto& [records_before, observation] : found.entries()) {
    take_records(records_before);
    std::visit(
        [&](auto& what) {
          using What = std::decay_t<decltype(what)>;
          if constexpr (std::is_same_v<What, NewUnit>) {
            units_of_file_.push_back(unit(what.key));
            books_.units[units_of_file_.back()].has_whole_views |= what.has_whole_views;
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
          } else if constexpr (std::is_same_v<What, LayoutPaths>) {
            unfound_paths_.add(std::move(what));
          } else {
            static_assert(std::is_same_v<What, Warning>);
            warning(std::move(what.text));
          }
        },
        observation);
  }
  take_records(found.number_of_records());
  for (const auto& [rule, objects] : found.objects_ignored()) ignored(rule, objects);
  books_.intake.duplicate += found.duplicates();
  books_.checks_held += found.checks_held();
}

bool Ledger::counts(const Books& books, FileId file) const {
  const auto views = views_of_copies_.find(file);
  if (views == views_of_copies_.end()) return true;
  // Counted views are in the order of their units; copies of one file would search them all.
  const auto number = [](const ViewOfUnit& counted) {
    return std::pair(counted.unit, counted.rank);
  };
  return std::any_of(views->second.begin(), views->second.end(), [&](const auto& view) {
    const auto at = std::ranges::lower_bound(books.counted_views, view, {}, number);
    return at != books.counted_views.end() && number(*at) == view;
  });
}

void Ledger::add_to_groups(const UsageRecord& record) {
  if (!books_.question.keeps_groups()) return;
  for (const GroupId id : record.parts_of) {
    if (id == 0) continue;
    Group& group = books_.groups[id];
    if (group.tally.records == 0) group.first_file = record.place.file;
    group.last_file = record.place.file;
    group.tally.add(record.counts, record.cost);
    ++group.members;
  }
  if (keeps_parts_) books_.kept_parts.add(record);
  for (const GroupId id : record.parts_of) {
    const bool is_written = id != 0 && books_.groups[id].as_written != nullptr;
    tell_part(
        {.group = id, .place = record.place, .counts = is_written ? Counts() : record.counts});
  }
}

/// Nobody else keeps what is added to a group: its sums are all that the books hold.
void Ledger::tell_part(const GroupPart& part) const {
  if (part.group != 0 && books_.question.on_part) books_.question.on_part(part);
}

void Ledger::tell_as_written(GroupId group, const Place& place, const Counts& given,
                             const Counts& solved, bool takes_back) const {
  if (!books_.question.on_part) return;
  const bool has_any = has_tokens(solved) || has_tokens(given);
  tell_part({.group = group,
             .kind = takes_back ? PartKind::unwritten : PartKind::written,
             .place = place,
             .counts = given,
             .members = has_any ? 1U : 0U});
  tell_part({.group = group,
             .kind = takes_back ? PartKind::unsolved : PartKind::solved,
             .place = place,
             .counts = solved});
}

/// As it is written, before anybody asks whether it repeats a call. Of a call whose reports grow
/// the fullest one is a part, as nobody adds up how far an answer had come.
void Ledger::add_as_written(const UsageRecord& record) {
  for (const GroupId id : record.parts_of) {
    if (id == 0 || books_.groups[id].as_written == nullptr) continue;
    SumsAsWritten& sums = *books_.groups[id].as_written;
    const Counts given = completed(record.given, record.counts);
    if (record.same_id == SameId::growth && !record.id.empty()) {
      const auto [told, is_new] = told_as_written_.try_emplace(
          {id, record.id_space, record.id}, ToldAsWritten{given, record.counts, record.cost});
      if (!is_new) {
        ToldAsWritten& before = told->second;
        if (!is_fuller(record.counts, before.solved)) continue;
        tell_as_written(id, record.place, before.given, before.solved, true);
        sums.given.remove(before.given, before.cost);
        sums.solved.remove(before.solved);
        if (has_tokens(before.solved) || has_tokens(before.given)) --sums.with_tokens;
        before = {given, record.counts, record.cost};
      }
    }
    sums.given.add(given, record.cost);
    sums.solved.add(record.counts);
    if (has_tokens(record.counts) || has_tokens(given)) ++sums.with_tokens;
    tell_as_written(id, record.place, given, record.counts, false);
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
    if (!open->cost && open->counts == record.counts) open->cost = record.cost;
    if (keeps_parts_) books_.kept_parts.add_told_again(record);
    return;
  }
  open_calls_.add(std::move(record), [this](UsageRecord&& settled) { settle(std::move(settled)); });
}

void Ledger::member(const Member& member) {
  if (member.group == 0) return;
  books_.groups[member.group].members += member.times;
  if (member.number != 0) books_.groups[member.group].numbers.push_back(member.number);
  tell_part({.group = member.group,
             .kind = PartKind::member,
             .members = member.times,
             .number = member.number});
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
    tell_part({.group = id, .kind = PartKind::rejected, .place = place, .members = 0});
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
  begin_numbers_anew();
  calls_of_file_.begin();
  totals_so_far_ = {};
  windows_of_time_ = {};
  rows_of_tree_ = {};
  growing_lines_ = {};
  file_is_duplicate_ = is_duplicate;
  file_has_same_bytes_ = has_same_bytes;
  if (has_same_bytes) views_of_copies_.try_emplace(file);
}

void Ledger::begin_numbers_anew() {
  units_of_file_.clear();
  groups_of_file_.clear();
}

void Ledger::end_file() {
  open_calls_.close([this](UsageRecord&& settled) { settle(std::move(settled)); });
  const auto doubtful_row = settle_rows_of_tree();
  const auto doubtful_line = settle_growing_lines();
  settle_early_sums();
  settle_totals_so_far(totals_so_far_.finish());
  const auto doubtful_window = settle_windows_of_time();
  const auto doubt = [this](const std::optional<Place>& place, std::string_view why) {
    if (!place) return;
    finding({.rule = Rule::duplicate,
             .severity = Severity::warning,
             .place = *place,
             .cause = "unrelated-usage",
             .explanation = fmt::format("may be counted twice: {}", why)});
  };
  for (const auto& [place, why] : calls_of_file_.doubtful()) doubt(place, why);
  doubt(doubtful_window, "windows of time may overlap");
  doubt(doubtful_line, "the list of calls begins with that of the line before or after it");
  doubt(doubtful_row, "a row above others may report what they do");
  doubt(totals_so_far_.doubtful(),
        "it is called a total so far, and is not what the lines before it add up to");
  ignored("total so far with nothing new", totals_so_far_.without_growth());
  calls_of_file_.begin();
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
