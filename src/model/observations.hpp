#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

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
  /// Where its running total stood when its first request began, if it says so: what it holds of
  /// the snapshots before it.
  std::optional<Counts> starts_at = {};
};

/// Where in a file or line reading failed, and why.
struct Fault {
  std::string problem;
  std::optional<std::uint64_t> column;  ///< from 1
  std::optional<std::uint64_t> offset;  ///< from the start of the file
};

/// Takes what a format finds in a file. What a format reads ends here, in exactly one bucket.
class Sink {
 public:
  virtual ~Sink() = default;

  /// A unit. An empty key makes one that no other file adds to; a key is shared by all files of a
  /// run, in whatever order they are read.
  virtual UnitId unit(std::string_view key = {}) = 0;
  virtual UnitId snapshot_unit(const Snapshot& snapshot) = 0;
  /// A group of records or members that a claim is about; keys as for units.
  virtual GroupId group(std::string_view key = {}) = 0;

  /// What is in this space of ids (a session) goes on from another: a call whose id stands in both
  /// is one call, told again. To be said before the records in it; of the other, the first one
  /// counts.
  virtual void continues(std::string_view space, std::string_view other) = 0;
  /// The records of this file tell, in more detail, what the snapshots of that series tell.
  virtual void covers(std::string_view series) = 0;
  virtual void record(UsageRecord&& record) = 0;
  /// A record of what other files may tell in more detail: it counts, and the finding holds, only
  /// when no record with its id is told anywhere in the run.
  virtual void unless_told(UsageRecord&& record, std::optional<Finding>&& finding) = 0;
  /// Whether records should bring the keys of their usage objects along.
  virtual bool wants_keys() const { return false; }
  virtual void member(const Member& member) = 0;

  virtual void claim(SumClaim&& claim) = 0;
  virtual void claim(CountClaim&& claim) = 0;
  virtual void claim(SequenceClaim&& claim) = 0;
  virtual void claim(UniqueName&& name) = 0;
  virtual void claim(SharedMark&& mark) = 0;

  /// Claims that were checked on the spot and hold.
  virtual void held(std::uint64_t checks = 1) = 0;
  /// A claim that was checked on the spot and does not hold, or something worth knowing. Only
  /// errors and warnings count as failed checks.
  virtual void finding(Finding&& finding) = 0;

  /// Objects that are set aside by a named rule.
  virtual void ignored(std::string_view rule, std::uint64_t objects = 1) = 0;
  /// Objects that repeat a call which is counted elsewhere.
  virtual void duplicate(std::uint64_t objects = 1) = 0;
  /// An object that cannot be counted, with the reason. It would have been a part of `parts_of`:
  /// their sums can no longer be proved.
  void rejected(const Place& place, std::string problem,
                std::initializer_list<GroupId> parts_of = {}) {
    reject(place, std::move(problem), {parts_of.begin(), parts_of.size()});
  }
  virtual void reject(const Place& place, std::string problem,
                      std::span<const GroupId> parts_of) = 0;
  /// A file or line that cannot be read as what it should be.
  virtual void unreadable(const Place& place, const Fault& fault) = 0;
  /// Something is wrong, but no object is lost by it.
  virtual void trouble(const Place& place, std::string problem) = 0;
  /// How a file that no format knows was understood.
  virtual void inferred(InferredLayout&&) {}
  /// Worth saying, without consequence for the exit status.
  virtual void warning(std::string text) = 0;
};

}  // namespace usagectl
