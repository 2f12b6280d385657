#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ledger/books/alike_records.hpp"
#include "ledger/books/books.hpp"
#include "ledger/books/unfound_paths.hpp"
#include "ledger/calls/calls_of_file.hpp"
#include "ledger/calls/growing_lines.hpp"
#include "ledger/calls/known_calls.hpp"
#include "ledger/calls/logged_hours.hpp"
#include "ledger/calls/open_calls.hpp"
#include "ledger/calls/open_counts.hpp"
#include "ledger/calls/rows_of_tree.hpp"
#include "ledger/calls/totals_so_far.hpp"
#include "ledger/calls/unknown_numbers.hpp"
#include "ledger/calls/windows_of_time.hpp"
#include "ledger/series/reported_twice.hpp"
#include "ledger/series/run_copies.hpp"
#include "model/observations.hpp"

namespace usagectl {

/// Takes in what the readers found, in the order of the files and of the places in them, and
/// finishes into the books that the analyses read. It keeps sums and claims, not records.
class Ledger {
 public:
  Ledger(Question question, std::vector<std::string> file_names);

  /// Files that a first run has read will be read once more, some of them: their groups are to have
  /// the same ids. Comes before the first file.
  void number_groups_as(const Books& first);
  /// Keeps the parts of claims from now on, or no longer.
  void keep_parts(bool keeps) { keeps_parts_ = keeps; }
  void keep_parts_of(KeptParts wanted);
  KeptParts take_kept_parts() { return std::move(books_.kept_parts); }

  /// Of files with the same bytes, all but the first will be duplicates.
  void sum_same_bytes_once() { sums_same_bytes_once_ = true; }

  /// A file was opened. While `is_duplicate` holds, its records repeat those of another file and
  /// are not summed. `has_same_bytes`: as another file of the run.
  void begin_file(FileId file, bool is_duplicate, bool has_same_bytes = false);
  /// What was found in the next piece of the file. Lines in it are counted from `lines_before`.
  void add(Observations&& found, std::uint64_t lines_before);
  void end_file();
  /// The observations that come next number their units and groups from the first one again: a
  /// piece of a file whose lines several readers share.
  void begin_numbers_anew();
  /// Adds a file that was found in another one; returns its number.
  FileId add_file(std::string name);
  /// So much of the file was read.
  void add_read(std::uint64_t bytes, std::uint64_t lines);
  /// Forgets the totals that wants_totals keeps, and keeps no more.
  void keep_no_totals();

  // What the run says itself, beside what its files hold.
  void ignored(std::string_view rule, std::uint64_t objects = 1);
  void finding(Finding&& finding);
  void warning(std::string text) { books_.intake.warnings.push_back(std::move(text)); }
  /// Whether a reader of the layout that a person gave has read anything.
  bool has_read_by(std::string_view layout) const { return unfound_paths_.knows(layout); }
  /// What is wrong with it: a finding, or a warning to those who ask for none.
  void warn_of_layout(Finding&& finding);
  /// Problems of paths that could not be read; each is a rejected object.
  void unreadable_paths(const std::vector<Problem>& problems);

  /// Number of usage records and rejected objects so far, to see what a file held.
  std::uint64_t objects_so_far() const { return objects_; }
  const Intake& intake() const { return books_.intake; }
  const std::vector<std::string>& file_names() const { return books_.file_names; }

  /// What can only be known after the last file, in this order: what running totals add, which
  /// records are reported nowhere else, which view of a unit counts.
  Books finish();
  /// Whether records of a file with the bytes of another count in the finished books.
  bool counts(const Books& books, FileId file) const;

 private:
  UnitId unit(std::string_view key);
  UnitId snapshot_unit(const Snapshot& snapshot);
  GroupId group(std::string_view key);
  GroupId group_as_before(std::string_view key);
  void continues(std::string_view space, std::string_view other);

  void record(UsageRecord&& record);
  /// A record that is like others, of which what is the same is found out once.
  void call_again(const Observations& found, const CallAgain& call, std::uint64_t lines_before);
  void unless_reported(UsageRecord&& record, std::optional<Finding>&& finding);
  void copied_call(CopiedCall&& call);
  void resumed_sum(ResumedSum&& sum);
  void tell_of_calls_told_again();
  void member(const Member& member);
  void reject(const Place& place, std::string problem, std::span<const GroupId> parts_of);
  void unreadable(const Place& place, const Fault& fault);
  void trouble(const Place& place, std::string problem);

  void keep(Finding&& finding);
  void hold_back(UsageRecord&& record);
  void settle_running_totals_of_run();
  void settle_unless_reported();
  void take_all(Observations&& settled);
  std::optional<KnownCalls::Call> known_call(const UsageRecord& record) const;
  /// A record that was held back, with what it adds.
  void take_settled(UsageRecord&& record);
  void add_to_groups(const UsageRecord& record);
  void add_as_written(const UsageRecord& record);
  void tell_as_written(GroupId group, const Place& place, const Counts& given, const Counts& solved,
                       bool takes_back) const;
  void tell_part(const GroupPart& part) const;
  /// A call of which no more is to be expected in the next lines.
  void settle(UsageRecord&& record);
  std::optional<KnownCalls::Key> key_of(const UsageRecord& record) const;
  /// The record comes soon; its unit is still that of its file.
  void expect(const UsageRecord& record) const;
  /// Whether the record is a call of its file or the sum of calls. What it says against them
  /// becomes findings.
  CallsOfFile::Verdict judge(const UsageRecord& record);
  /// Whether it says that it is a sum, and there are no calls before it.
  bool is_early_sum(const UsageRecord& record);
  void settle_early_sums();
  void leave_out(UsageRecord&& record, std::string_view reason);
  /// The place of the first, where they may overlap.
  std::optional<Place> settle_windows_of_time();
  std::optional<Place> settle_rows_of_tree();
  std::optional<Place> settle_growing_lines();
  /// Whether the record is held until more of its file is known; counts those that were, in vain.
  bool is_held(UsageRecord& record);
  void take_total_so_far(UsageRecord&& record);
  void settle_totals_so_far(std::vector<UsageRecord>&& records);
  /// Counts the record; nothing when it repeats another.
  std::optional<TallyPlace> count(const UsageRecord& record, RecordNumber number);
  TallyPlace add_to_view(const UsageRecord& record, RecordNumber number);
  /// The sums that a record is added to.
  struct RowOfView {
    ViewSums* view = nullptr;
    GroupSums::Row row = 0;
  };
  RowOfView row_of(const UsageRecord& record);
  TallyPlace add_to_row(const RowOfView& place, const UsageRecord& record, RecordNumber number);
  /// The calls that are told as one record was.
  struct AlikeCalls {
    std::uint64_t like = 0;  ///< see RecordLike::number; 0 = none yet
    /// Nothing but its numbers and what was read before decides what the call is.
    bool are_plain = false;
    bool are_noted = false;       ///< their names are, everywhere
    bool are_told_apart = false;  ///< by their ids, and that is noted
    UsageRecord record;           ///< the last of them
    std::string hour;             ///< of its time
    RowOfView row;
  };
  AlikeCalls& alike_calls(const CallAgain& call, UnitId unit);
  bool are_plain(const UsageRecord& record) const;
  /// Whether the call is a new one beyond doubt, so that all there is to do is to count it.
  bool is_plainly_new(const AlikeCalls& alike, const std::optional<KnownCalls::Key>& key);
  void count_plainly(AlikeCalls& alike, const std::optional<KnownCalls::Key>& key);
  ViewSums& view_of(const TallyPlace& tally);
  /// Gives the record to who asked for records; returns its number.
  RecordNumber give_out(const UsageRecord& record, Bucket bucket, std::string_view reason = {});
  void correct(RecordNumber number, const Counts& counts);
  void settle_record_uses();
  /// Whether a call whose id was met before is counted there; says so where that is worth knowing.
  bool is_repeated(const KnownCalls::Call& known, const UsageRecord& record);
  static bool is_other_call(const KnownCalls::Call& known, const UsageRecord& record);
  void say_id_is_used_again(const KnownCalls::Call& known, const UsageRecord& record);
  void put_in_place_of(const KnownCalls::Call& known, const UsageRecord& record);
  /// Says that two reports of one call differ in more than how far it had come.
  void compare_reports(const Place& known_place, const Counts& known, const UsageRecord& record);
  std::string_view id_space(const UsageRecord& record) const;
  bool is_outside_time(const UsageRecord& record) const;
  std::uint64_t began(const UsageRecord& record) const;
  bool is_earlier(const UsageRecord& record, const KnownCalls::Call& known) const;
  KnownCalls::Call known_as(const UsageRecord& record, const TallyPlace& tally,
                            RecordNumber number = 0) const;
  void date_back(const KnownCalls::Key& key, KnownCalls::Call& known, const UsageRecord& record);
  void report_total_that_does_not_fit(const UsageRecord& record);
  void report_cost_below_zero(const UsageRecord& record);
  void add_problem(const Place& place, std::string problem, std::optional<std::uint64_t> column,
                   std::optional<std::uint64_t> offset);

  Books books_;
  std::unordered_map<std::string, UnitId> unit_by_key_;
  std::string packed_key_;  ///< reused
  AlikeRecords alike_records_;
  std::array<RowOfView, AlikeRecords::kKinds> rows_of_kinds_;  ///< of alike_records_
  bool is_row_of_kind_ = false;  ///< records of one kind are of one row
  std::vector<AlikeCalls> alike_calls_;
  OpenCalls open_calls_;
  KnownCalls known_calls_;
  LoggedHours logged_hours_;
  OpenCounts open_counts_;
  UnknownNumbers unknown_numbers_;
  Doubts doubts_;
  std::set<ViewSums*> left_views_;  ///< by calls that turned out to be earlier
  bool asks_for_time_ = false;
  std::unordered_map<std::string, std::string> first_space_;  ///< see ContinuedSpace
  std::uint64_t objects_ = 0;
  CallsOfFile calls_of_file_;
  TotalsSoFar totals_so_far_;      ///< of the file
  WindowsOfTime windows_of_time_;  ///< of the file
  RowsOfTree rows_of_tree_;        ///< of the file
  GrowingLines growing_lines_;     ///< of the file
  /// What the calls of groups that are summed as written have told so far, of those whose reports
  /// grow: by group, space and id.
  struct ToldAsWritten {
    Counts given;
    Counts solved;
    CostOfRecord cost;
  };
  std::map<std::tuple<GroupId, std::string, std::string>, ToldAsWritten> told_as_written_;
  std::vector<UsageRecord> early_sums_;  ///< those of the file that came before any call, at most
                                         ///< kMostEarlySums
  std::vector<UsageRecord> held_back_;   ///< running totals, until the last file
  std::vector<UnlessReported> unless_reported_;  ///< until the last file
  std::vector<ResumedSum> resumed_sums_;         ///< until the last file
  /// How many calls of a file another one tells as well, and the first of them.
  struct ToldAgain {
    std::uint64_t calls = 0;
    Place place;
    Place known;
  };
  std::map<std::pair<FileId, FileId>, ToldAgain> told_again_;
  bool file_is_duplicate_ = false;
  bool file_has_same_bytes_ = false;
  bool sums_same_bytes_once_ = false;
  RunCopies run_copies_;
  ReportedTwice reported_twice_;
  UnfoundPaths unfound_paths_;
  /// Of the files that have the bytes of another: the views that their records count in.
  std::map<FileId, std::set<std::pair<UnitId, std::uint8_t>>> views_of_copies_;
  bool keeps_parts_ = false;
  /// The units and groups that the numbers of the file's observations became.
  std::vector<UnitId> units_of_file_;
  std::vector<GroupId> groups_of_file_;
  const Books* first_reading_ = nullptr;
  GroupId next_group_ = 0;  ///< of a second reading
};

}  // namespace usagectl
