#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "input/walk.hpp"
#include "ledger/calls_of_file.hpp"
#include "ledger/file_beginnings.hpp"
#include "ledger/group_key.hpp"
#include "ledger/kept_parts.hpp"
#include "ledger/known_calls.hpp"
#include "ledger/open_calls.hpp"
#include "ledger/running_totals.hpp"
#include "ledger/time_span.hpp"
#include "model/intake.hpp"
#include "model/observations.hpp"

namespace usagectl {

/// What a run wants to know of the records it reads.
struct Question {
  std::vector<std::string> by;  ///< keys to sum by; empty = no sums by key
  bool wants_claims = false;    ///< keep the claims and what they are about
  bool wants_keys = false;      ///< records bring the keys of their usage objects
  bool wants_layouts = false;   ///< keep how files of unknown layouts were understood
  TimeSpan time;                ///< records outside of it are ignored
  /// Called for every usage record as it is read.
  std::function<void(const UsageRecord&)> on_record;
  /// Called before that, for every record as its format told it.
  std::function<void(const UsageRecord&)> on_read;
};

/// The sums of one view of one unit.
struct ViewSums {
  std::string_view name;
  bool is_usage = true;
  bool answers = true;  ///< every record has a value for every key asked for
  std::unordered_map<std::string, Tally> by_key;  ///< see GroupKey: packed
  std::uint64_t records = 0;
};

/// Records that describe the same usage, in one or more views.
struct Unit {
  std::string series;                   ///< of snapshots; empty = none
  std::optional<std::uint64_t> number;  ///< of the snapshot
  std::optional<Counts> starts_at;      ///< see Snapshot
  std::map<std::uint8_t, ViewSums> views;
  Tally grown;  ///< of a series: all records but the one that is held back
  Place place;  ///< of the first record
};

/// What the claims about a group need to know of it.
struct Group {
  Tally tally;                 ///< of the records in it
  std::uint64_t members = 0;   ///< records and others
  std::vector<Count> numbers;  ///< of numbered members
  bool misses_parts = false;   ///< a part was rejected
  FileId first_file = 0;       ///< of those that hold parts, when there are any
  FileId last_file = 0;
};

/// Takes in everything that the formats read, keeping sums and claims, not records.
class Collector final : public Sink {
 public:
  Collector(Question question, std::vector<std::string> file_names);

  UnitId unit(std::string_view key = {}) override;
  UnitId snapshot_unit(const Snapshot& snapshot) override;
  GroupId group(std::string_view key = {}) override;
  void continues(std::string_view space, std::string_view other) override;
  void covers(std::string_view series) override;
  void record(UsageRecord&& record) override;
  void unless_told(UsageRecord&& record, std::optional<Finding>&& finding) override;
  /// Counts what was to count unless it is told elsewhere. To be called when everything is read.
  void settle_unless_told();
  bool wants_keys() const override { return question_.wants_keys; }
  /// A record that was held back, with what it adds.
  void take_settled(UsageRecord&& record);
  void member(const Member& member) override;
  void claim(SumClaim&& claim) override;
  void claim(CountClaim&& claim) override;
  void claim(SequenceClaim&& claim) override;
  void claim(UniqueName&& name) override;
  void claim(SharedMark&& mark) override;
  void held(std::uint64_t checks = 1) override;
  void finding(Finding&& finding) override;
  void ignored(std::string_view rule, std::uint64_t objects = 1) override;
  void duplicate(std::uint64_t objects = 1) override;
  void reject(const Place& place, std::string problem, std::span<const GroupId> parts_of) override;
  void unreadable(const Place& place, const Fault& fault) override;
  void trouble(const Place& place, std::string problem) override;
  void inferred(InferredLayout&& layout) override;
  void warning(std::string text) override;

  /// A file was opened. While `is_duplicate` holds, its records repeat those of another file and
  /// are not summed.
  void begin_file(FileId file, bool is_duplicate);
  /// Keeps the parts of claims from now on, or no longer.
  void keep_parts(bool keeps) { keeps_parts_ = keeps; }
  /// Files that another collector has read already will be read once more, some of them: their
  /// groups are to have the same ids.
  void number_groups_as(const Collector& first);
  void end_file();
  /// So much of the file was read.
  void add_read(std::uint64_t bytes, std::uint64_t lines);
  /// Number of usage records and rejected objects so far, to see what a file held.
  std::uint64_t objects_so_far() const { return objects_; }

  const Question& question() const { return question_; }
  const std::vector<std::string>& file_names() const { return file_names_; }

  // What was collected, for the reports.
  Intake intake;
  std::vector<Unit> units;
  std::vector<Group> groups;
  std::vector<SumClaim> sum_claims;
  std::vector<CountClaim> count_claims;
  std::vector<SequenceClaim> sequence_claims;
  std::vector<UniqueName> unique_names;
  std::vector<SharedMark> shared_marks;
  std::vector<Finding> findings;
  std::vector<InferredLayout> inferred_layouts;
  std::vector<HeldBack> held_back;       ///< running totals, until everything is read
  std::set<std::string> covered_series;  ///< of snapshots whose usage other records tell
  std::uint64_t checks_held = 0;
  std::vector<FileUse> file_uses;      ///< by FileId, once everything is read
  std::vector<FoundFile> found_files;  ///< by FileId, where files were read
  FileBeginnings beginnings;
  KeptParts kept_parts;  ///< of what cannot be read a second time, when a claim about it fails

 private:
  GroupId group_as_before(std::string_view key);
  void hold_back(UsageRecord&& record);
  void add_to_groups(const UsageRecord& record);
  /// A call of which no more is to be expected in the next lines.
  void settle(UsageRecord&& record);
  /// Whether the record is the sum of calls of its file. What it says against them becomes
  /// findings.
  bool is_sum(const UsageRecord& record);
  /// Whether it says that it is a sum, and there are no calls before it.
  bool is_early_sum(const UsageRecord& record);
  void settle_early_sums();
  /// Counts the record; nullptr when it repeats another.
  Tally* count(const UsageRecord& record);
  /// Whether a call whose id was met before is counted there; says so where that is worth knowing.
  bool is_repeated(const KnownCalls::Call& known, const UsageRecord& record);
  void put_in_place_of(const KnownCalls::Call& known, const UsageRecord& record);
  /// Says that two reports of one call differ in more than how far it had come.
  void compare_reports(const Place& known_place, const Counts& known, const UsageRecord& record);
  std::string_view id_space(const UsageRecord& record) const;
  std::uint32_t number_of(Tally& tally);
  void say_total_that_does_not_fit(const UsageRecord& record);
  void add_problem(const Place& place, std::string problem, std::optional<std::uint64_t> column,
                   std::optional<std::uint64_t> offset);

  Question question_;
  std::vector<std::string> file_names_;
  std::unordered_map<std::string, UnitId> unit_by_key_;
  std::unordered_map<std::string, GroupId> group_by_key_;
  std::string packed_key_;  ///< reused
  OpenCalls open_calls_;
  KnownCalls known_calls_;
  std::vector<Tally*> numbered_tallies_;
  std::unordered_map<const Tally*, std::uint32_t> number_of_tally_;
  std::unordered_map<std::string, std::string> first_space_;  ///< see Sink::continues
  std::uint64_t objects_ = 0;
  CallsOfFile calls_of_file_;
  std::vector<UsageRecord>
      early_sums_;  ///< those of the file that came before any call, at most kMostEarlySums
  struct UnlessTold {
    UsageRecord record;
    std::optional<Finding> finding;
  };
  std::vector<UnlessTold> unless_told_;  ///< until everything is read
  bool file_is_duplicate_ = false;
  bool keeps_parts_ = false;
  std::unordered_map<FileId, GroupId>
      first_group_;  ///< of each file: the id that its first new group had
  const Collector* first_reading_ = nullptr;
  GroupId next_group_ = 0;  ///< of a second reading
};

}  // namespace usagectl
