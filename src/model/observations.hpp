#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "model/claim.hpp"
#include "model/counts.hpp"
#include "model/finding.hpp"
#include "model/inferred_layout.hpp"
#include "model/usage_record.hpp"

namespace usagectl {

/// A unit that is one in a series of snapshots of the same growing usage (pass_1, pass_2, …): the
/// last snapshot holds the earlier ones.
struct Snapshot {
  std::string series;  ///< the same for all snapshots of one usage
  /// Its place in the series, a number or a time. Without one, the order of the file names counts,
  /// and between snapshots with and without a number, what they hold.
  std::optional<std::uint64_t> number = {};
};

/// Where in a file or line reading failed, and why.
struct Fault {
  std::string problem;
  std::optional<std::uint64_t> column;  ///< from 1
  std::optional<std::uint64_t> offset;  ///< from the start of the file
};

/// A unit. An empty key makes one that no other file adds to; a key is shared by all files of a
/// run, in whatever order they are read.
struct NewUnit {
  std::string key;
  /// Each view of it reports all of it, as the root of a trace and its calls do: a view that has
  /// more than the one that counts is said.
  bool has_whole_views = false;
};

/// A group of records or members that a claim is about; keys as for units.
struct NewGroup {
  std::string key;
  bool is_as_written = false;  ///< its records are summed as they are written, too
};

/// What is in this space of ids (a session) goes on from another: a call whose id is in both is one
/// call, reported again. Comes before the records in it; of the other, the first one counts.
struct ContinuedSpace {
  std::string space;
  std::string other;
};

/// The records of this file report, in more detail, what the snapshots of that series report.
struct CoveredSeries {
  std::string series;
};

/// A record of what other files may report in more detail: it counts, and the finding holds, only
/// when no record with its id is found anywhere in the run.
struct UnlessReported {
  UsageRecord record;
  std::optional<Finding> finding;
};

/// A call that other files may tell again under another id: what has the same mark and the same
/// counts is one call.
struct CopiedCall {
  UsageRecord record;
  std::string mark;
};

/// The sum of a session so far, by model, as a process tells it when it ends. Another process may
/// go on with the session, and its sum then holds this one.
struct ResumedSum {
  std::string series;  ///< the same for all sums of one session
  std::string id;      ///< of this telling; empty = not given
  std::vector<UsageRecord> records;
  Counts own;  ///< what the process used itself, of one model or of all; empty = not told
};

/// An object that cannot be counted, with the reason. It would have been a part of `parts_of`:
/// their sums can no longer be proved.
struct RejectedObject {
  Place place;
  std::string problem;
  std::vector<GroupId> parts_of;
};

/// A file or line that cannot be read as what it should be.
struct UnreadablePlace {
  Place place;
  Fault fault;
};

/// Something is wrong, but no object is lost by it.
struct Trouble {
  Place place;
  std::string problem;
};

/// A path in a layout that a person gave, and whether what it leads to was found.
struct LayoutPath {
  std::string place;            ///< in the layout: "/records/0/model"
  std::string path;             ///< what is written there
  std::string_view in;          ///< what it was looked for in, static storage: "records", "lines"
  std::uint64_t looked_at = 0;  ///< how many of those
  bool is_found = false;
};

/// What a reader of such a layout found of it: paths that lead nowhere in any file are mistakes.
struct LayoutPaths {
  std::string layout;
  Place place;  ///< the file
  std::vector<LayoutPath> paths;
};

/// Worth saying, without consequence for the exit status.
struct Warning {
  std::string text;
};

/// What a reader found beside usage records.
using Observation =
    std::variant<NewUnit, Snapshot, NewGroup, ContinuedSpace, CoveredSeries, UnlessReported,
                 CopiedCall, ResumedSum, Member, SumClaim, CountClaim, SequenceClaim, UniqueName,
                 SharedMark, Finding, RejectedObject, UnreadablePlace, Trouble, InferredLayout,
                 LayoutPaths, Warning>;

/// What a reader found in a piece of a file: a plain value, in the order of the file. Numbers of
/// units and groups are those of the file and go on from piece to piece; the ledger gives them
/// their numbers in the run. Everything that a reader reads ends here, in exactly one bucket.
class Observations {
 public:
  /// An observation and how many records come before it.
  struct Entry {
    std::size_t records_before = 0;
    Observation what;
  };

  Observations() = default;
  /// Hands itself over whenever it has become long, and goes on empty: for files of one document
  /// whose records would not fit in memory.
  explicit Observations(std::function<void(Observations&&)> hand_over)
      : hand_over_(std::move(hand_over)) {}

  UnitId unit(std::string_view key = {});
  /// See NewUnit::has_whole_views.
  UnitId unit_of_whole_views(std::string_view key);
  UnitId snapshot_unit(const Snapshot& snapshot);
  GroupId group(std::string_view key = {});
  /// A group whose records are summed as they are written as well, whatever they mean, and whether
  /// or not they repeat a call.
  GroupId group_as_written();
  void continues(std::string_view space, std::string_view other) {
    add(ContinuedSpace{std::string(space), std::string(other)});
  }
  void covers(std::string_view series) { add(CoveredSeries{std::string(series)}); }

  /// Makes room for about as many records.
  void expect(std::size_t records) { records_.reserve(records); }
  void record(UsageRecord&& record);
  /// A copy of a record, but for what `change` puts into it.
  template <typename Change>
  void record_like(const UsageRecord& like, Change&& change) {
    change(records_.emplace_back(like));
    ++met_;
    hand_over_if_long();
  }
  void unless_reported(UsageRecord&& record, std::optional<Finding>&& finding) {
    add(UnlessReported{std::move(record), std::move(finding)});
  }
  void copied_call(UsageRecord&& record, std::string mark) {
    add(CopiedCall{std::move(record), std::move(mark)});
  }
  void resumed_sum(ResumedSum&& sum) { add(std::move(sum)); }
  void member(const Member& member) { add(member); }

  void claim(SumClaim&& claim) { add(std::move(claim)); }
  void claim(CountClaim&& claim) { add(std::move(claim)); }
  void claim(SequenceClaim&& claim) { add(std::move(claim)); }
  void claim(UniqueName&& name) { add(std::move(name)); }
  void claim(SharedMark&& mark) { add(std::move(mark)); }

  /// Claims that were checked on the spot and hold.
  void held(std::uint64_t checks = 1) { held_ += checks; }
  /// A claim that was checked on the spot and does not hold, or something worth knowing. Only
  /// errors and warnings count as failed checks.
  void finding(Finding&& finding) { add(std::move(finding)); }

  /// Objects that a named rule leaves out.
  void ignored(std::string_view rule, std::uint64_t objects = 1);
  /// Objects that repeat a call which is counted elsewhere.
  void duplicate(std::uint64_t objects = 1) {
    duplicates_ += objects;
    ++met_;
  }
  void rejected(const Place& place, std::string problem,
                std::initializer_list<GroupId> parts_of = {}) {
    reject(place, std::move(problem), {parts_of.begin(), parts_of.size()});
  }
  void reject(const Place& place, std::string problem, std::span<const GroupId> parts_of) {
    add(RejectedObject{place, std::move(problem), {parts_of.begin(), parts_of.end()}});
  }
  void unreadable(const Place& place, const Fault& fault) { add(UnreadablePlace{place, fault}); }
  void trouble(const Place& place, std::string problem) { add(Trouble{place, std::move(problem)}); }
  /// How a file in an unknown format was understood.
  void inferred(InferredLayout&& layout) { add(std::move(layout)); }
  void looked_for(LayoutPaths&& paths) { add(std::move(paths)); }
  void warning(std::string text) { add(Warning{std::move(text)}); }

  /// What was found since the last piece that was handed over; what follows begins a new piece.
  Observations take();

  std::vector<UsageRecord>& records() { return records_; }
  const std::vector<UsageRecord>& records() const { return records_; }
  std::vector<Entry>& entries() { return entries_; }
  const std::vector<Entry>& entries() const { return entries_; }
  const std::map<std::string, std::uint64_t, std::less<>>& objects_ignored() const {
    return ignored_;
  }
  std::uint64_t duplicates() const { return duplicates_; }
  /// Grows with whatever was found, handed over or not.
  std::uint64_t met() const { return met_; }
  std::uint64_t checks_held() const { return held_; }

 private:
  void add(Observation&& what);
  void hand_over_if_long();

  std::function<void(Observations&&)> hand_over_;
  UnitId next_unit_ = 0;
  GroupId next_group_ = 1;  ///< 0 = none
  std::vector<UsageRecord> records_;
  std::vector<Entry> entries_;
  std::map<std::string, std::uint64_t, std::less<>> ignored_;
  std::uint64_t duplicates_ = 0;
  std::uint64_t held_ = 0;
  std::uint64_t met_ = 0;
};

}  // namespace usagectl
