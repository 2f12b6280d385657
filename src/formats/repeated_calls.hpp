#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/observations.hpp"

namespace usagectl {

/// Stands before a sink and says when a call has the numbers of the one before, within a second,
/// and no id tells whether it is another one. Some loggers write a call once more when they fail on
/// its answer, or under the other name of its model.
class RepeatedCalls final : public Sink {
 public:
  explicit RepeatedCalls(Sink& sink) : sink_(sink) {}

  void record(UsageRecord&& record) override;

  UnitId unit(std::string_view key = {}) override { return sink_.unit(key); }
  UnitId snapshot_unit(const Snapshot& snapshot) override { return sink_.snapshot_unit(snapshot); }
  GroupId group(std::string_view key = {}) override { return sink_.group(key); }
  void continues(std::string_view space, std::string_view other) override {
    sink_.continues(space, other);
  }
  void covers(std::string_view series) override { sink_.covers(series); }
  void unless_told(UsageRecord&& record, std::optional<Finding>&& finding) override {
    sink_.unless_told(std::move(record), std::move(finding));
  }
  bool wants_keys() const override { return sink_.wants_keys(); }
  void member(const Member& member) override { sink_.member(member); }
  void claim(SumClaim&& claim) override { sink_.claim(std::move(claim)); }
  void claim(CountClaim&& claim) override { sink_.claim(std::move(claim)); }
  void claim(SequenceClaim&& claim) override { sink_.claim(std::move(claim)); }
  void claim(UniqueName&& name) override { sink_.claim(std::move(name)); }
  void claim(SharedMark&& mark) override { sink_.claim(std::move(mark)); }
  void held(std::uint64_t checks = 1) override { sink_.held(checks); }
  void finding(Finding&& finding) override { sink_.finding(std::move(finding)); }
  void ignored(std::string_view rule, std::uint64_t objects = 1) override {
    sink_.ignored(rule, objects);
  }
  void duplicate(std::uint64_t objects = 1) override { sink_.duplicate(objects); }
  void reject(const Place& place, std::string problem, std::span<const GroupId> parts_of) override {
    sink_.reject(place, std::move(problem), parts_of);
  }
  void unreadable(const Place& place, const Fault& fault) override {
    sink_.unreadable(place, fault);
  }
  void trouble(const Place& place, std::string problem) override {
    sink_.trouble(place, std::move(problem));
  }
  void inferred(InferredLayout&& layout) override { sink_.inferred(std::move(layout)); }
  void warning(std::string text) override { sink_.warning(std::move(text)); }

 private:
  Sink& sink_;
  bool is_known_ = false;  ///< the call before, which has no id
  Counts counts_;
  std::string time_;
  Place place_;
};

}  // namespace usagectl
