#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/text_hash.hpp"
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

/// A record that others of a log are like: of theirs, only the id, the time, the session, the
/// counts and the line are other ones.
struct RecordLike {
  std::uint64_t number = 0;  ///< no other one has it, as long as the program runs
  UsageRecord record;
};

/// A call that is told as another one was: a record, of which only what differs is kept.
struct CallAgain {
  const RecordLike* like = nullptr;
  std::size_t position = 0;  ///< among the records of its piece
  std::uint64_t line = 0;
  FileId file = 0;
  UnitId unit = 0;
  std::size_t texts = 0;  ///< where its id, its time and its session stand, one after the other
  std::uint32_t id_size = 0;
  std::uint32_t time_size = 0;
  std::uint32_t session_size = 0;
  std::uint32_t keys = 0;  ///< which of those of the piece, from 1; 0 = not wanted
  SameId same_id = SameId::nothing;
  TextHash id_hash;        ///< {} without an id
  std::size_t row_id = 0;  ///< see RowInTree
  Counts counts;
  Counts given;
  std::optional<Count> cache_write_1h;
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

  /// While one lives, nothing is handed over, so that what a line or a text gave can be looked at
  /// as a whole, and changed. What is long already is handed over before.
  class Hold {
   public:
    explicit Hold(Observations& observations) : observations_(observations) {
      observations_.hand_over_if_long();
      ++observations_.holds_;
    }
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;
    ~Hold() { --observations_.holds_; }

   private:
    Observations& observations_;
  };

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
  void expect(std::size_t records) { expected_ = records; }
  void record(UsageRecord&& record);
  /// What differs of a call; its sizes and positions are filled in. `kept` keeps what it is like.
  void call_again(CallAgain&& call, std::string_view id, std::string_view time,
                  std::string_view session, std::vector<KeySeen>&& keys,
                  const std::shared_ptr<const void>& kept);
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

  /// All records. Calls told again are records from now on.
  std::vector<UsageRecord>& records() {
    if (!calls_again_.empty()) write_out();
    return records_;
  }
  const std::vector<UsageRecord>& records() const {
    if (!calls_again_.empty()) write_out();
    return records_;
  }
  /// Those from that position on.
  std::span<UsageRecord> records_from(std::size_t position);
  std::size_t number_of_records() const { return records_.size() + calls_again_.size(); }
  // The same without making records of calls told again: these come between the others.
  const std::vector<CallAgain>& calls_again() const { return calls_again_; }
  std::vector<UsageRecord>& records_in_full() { return records_; }
  /// Puts a call into a copy of the record that it is like, or of another such call.
  void put(const CallAgain& call, UsageRecord& record) const;
  std::string_view id_of(const CallAgain& call) const {
    return {texts_.data() + call.texts, call.id_size};
  }
  std::string_view time_of(const CallAgain& call) const {
    return {texts_.data() + call.texts + call.id_size, call.time_size};
  }
  std::string_view session_of(const CallAgain& call) const {
    return {texts_.data() + call.texts + call.id_size + call.time_size, call.session_size};
  }
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
  void write_out() const;

  std::function<void(Observations&&)> hand_over_;
  int holds_ = 0;
  UnitId next_unit_ = 0;
  GroupId next_group_ = 1;  ///< 0 = none
  std::size_t expected_ = 0;
  // Whether a record is kept in full makes no difference to who asks for all of them.
  mutable std::vector<UsageRecord> records_;
  mutable std::vector<CallAgain> calls_again_;
  mutable std::string texts_;                              ///< of these calls
  mutable std::vector<std::vector<KeySeen>> keys_;         ///< of these calls
  mutable std::vector<std::shared_ptr<const void>> kept_;  ///< what they are like
  std::vector<Entry> entries_;
  std::map<std::string, std::uint64_t, std::less<>> ignored_;
  std::uint64_t duplicates_ = 0;
  std::uint64_t held_ = 0;
  std::uint64_t met_ = 0;
};

}  // namespace usagectl
