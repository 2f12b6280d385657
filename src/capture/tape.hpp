#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/observations.hpp"

namespace usagectl {

/// The units and groups that a tape's numbers became where it was played: pieces of one file share
/// them.
struct TapeNames {
  std::vector<UnitId> units;
  std::vector<GroupId> groups;
};

/// Keeps what a format finds in a piece of a file, to be played into another sink when its turn has
/// come.
class Tape final : public Sink {
 public:
  explicit Tape(bool wants_keys) : wants_keys_(wants_keys) {}
  /// A tape that gives a piece away whenever it has become long, to go on with the next one.
  Tape(bool wants_keys, std::function<void(Tape&&)> when_long)
      : wants_keys_(wants_keys), when_long_(std::move(when_long)) {}

  UnitId unit(std::string_view key = {}) override;
  UnitId snapshot_unit(const Snapshot& snapshot) override;
  GroupId group(std::string_view key = {}) override;
  void continues(std::string_view space, std::string_view other) override;
  void covers(std::string_view series) override;
  void record(UsageRecord&& record) override;
  void unless_told(UsageRecord&& record, std::optional<Finding>&& finding) override;
  bool wants_keys() const override { return wants_keys_; }
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

  /// What was kept since the last piece that was given away.
  Tape take();

  /// Plays everything into the sink, once, in the order in which it was found. Lines are counted
  /// from `lines_before`; names are those of the pieces before, and grow.
  void play(Sink& sink, std::uint64_t lines_before, TapeNames& names);

 private:
  struct NewUnit {
    std::string key;
  };
  struct NewGroup {
    std::string key;
  };
  struct Continues {
    std::string space;
    std::string other;
  };
  struct Covers {
    std::string series;
  };
  struct UnlessTold {
    UsageRecord record;
    std::optional<Finding> finding;
  };
  struct Rejected {
    Place place;
    std::string problem;
    std::vector<GroupId> parts_of;
  };
  struct Unreadable {
    Place place;
    Fault fault;
  };
  struct Trouble {
    Place place;
    std::string problem;
  };
  struct Warning {
    std::string text;
  };
  using Event = std::variant<NewUnit, Snapshot, NewGroup, Continues, Covers, UnlessTold, Member,
                             SumClaim, CountClaim, SequenceClaim, UniqueName, SharedMark, Finding,
                             Rejected, Unreadable, Trouble, InferredLayout, Warning>;

  void keep(Event&& event);
  void give_away_if_long();
  std::size_t length() const { return records_.size() + events_.size(); }

  bool wants_keys_;
  std::function<void(Tape&&)> when_long_;
  UnitId next_unit_ = 0;
  GroupId next_group_ = 1;  ///< 0 = none
  std::vector<UsageRecord> records_;
  std::vector<std::pair<std::size_t, Event>>
      events_;  ///< each with the number of records before it
  std::map<std::string, std::uint64_t, std::less<>> ignored_;
  std::uint64_t duplicates_ = 0;
  std::uint64_t held_ = 0;
};

}  // namespace usagectl
